import type { DrillReport } from "../report";
import { seconds, withHead, type Rows } from "./row";

/** What an application with the SDK's own retries and timeouts saw. */
export function applicationRows({ runs }: DrillReport): Rows {
  return withHead(
    ["run", "writes sent", "failed", "hanging at the end", "longest answered"],
    runs.map(({ number, application: { sent, failed, hanging, longestSeconds } }) => [
      ...[number, sent, failed, hanging].map(String),
      seconds(longestSeconds),
    ]),
  );
}

/** Failed requests by the kind of failure, over all runs, the most frequent first. */
export function errorRows({ runs }: DrillReport): Rows {
  const counts = new Map<string, number>();
  for (const { errors } of runs) {
    for (const [kind, count] of Object.entries(errors)) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return withHead(
    ["kind of failure", "requests"],
    [...counts].sort((one, other) => other[1] - one[1]).map(([kind, count]) => [kind, String(count)]),
  );
}
