import type { Attempt } from "../s3/attempt";
import type { RequestsInSecond } from "./report";

/** Answered and failed requests by the second, relative to the fault, in which they were sent. */
export function requestsBySecond(attempts: readonly Attempt[], faultAt: number): RequestsInSecond[] {
  const seconds = new Map<number, RequestsInSecond>();
  for (const { kind, sentAt, endedAt, ok } of attempts) {
    const second = Math.floor((sentAt - faultAt) / 1000);
    const entry = seconds.get(second) ?? { second, counts: {} };
    const [answered, failed] = entry.counts[kind] ?? [0, 0];
    entry.counts[kind] = ok ? [answered + 1, failed] : [answered, failed + 1];
    if (ok) entry.slowestSeconds = Math.max(entry.slowestSeconds ?? 0, (endedAt - sentAt) / 1000);
    seconds.set(second, entry);
  }
  return [...seconds.values()].sort((one, other) => one.second - other.second);
}
