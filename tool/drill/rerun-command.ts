import { quoted } from "../../components/shell";
import type { DrillReport } from "./report";

/** What to type to drill the same again, and to see what has changed; what a report does not hold is in capitals. */
export function repeatLines({
  case: drillCase,
  method,
  store,
  summary,
  cluster,
  load,
  criteria,
  kills,
  awaySeconds,
}: DrillReport): string[] {
  const target =
    cluster.sandboxProfile === undefined
      ? ["--kubeconfig", "KUBECONFIG", "--context", "CONTEXT", "--url", quoted(load.url), "--yes-this-is-production"]
      : ["--profile", cluster.sandboxProfile];
  const flags = [
    ...["--namespace", quoted(store.namespace), "--store", quoted(store.name), ...target],
    ...["--method", quoted(method.name), ...(method.name === "command" ? ["--command", "PROGRAM_AND_ARGUMENTS"] : [])],
    ...["--repeat", String(summary.runs), "--rate", String(load.perSecond.PUT)],
    ...(kills === undefined ? [] : ["--kills", String(kills)]),
    ...(awaySeconds === undefined ? [] : ["--away-seconds", String(awaySeconds)]),
    ...(criteria.length === 0 ? [] : ["--until", quoted(criteria.map(({ text }) => text).join(","))]),
  ];
  return [
    `longhorn-s3 drill ${drillCase} ${flags.join(" ")} --out AGAIN`,
    "longhorn-s3 drill compare BEFORE/report.json AGAIN/report.json",
  ];
}
