import { commandLine } from "../terminal/command-line";
import type { DrillReport } from "./report";

/**
 * Returns the command that repeats a drill.
 *
 * @param reachedBy flags that name the cluster; without them, placeholders in capitals stand for what a report does not contain
 */
export function repeatLine(
  { case: drillCase, method, store, summary, cluster, load, criteria, kills, awaySeconds }: DrillReport,
  reachedBy?: readonly string[],
): string {
  const { sandboxProfile: profile } = cluster;
  const target =
    reachedBy ??
    (profile === undefined
      ? ["--kubeconfig", "KUBECONFIG", "--context", "CONTEXT", "--url", load.url]
      : ["--profile", profile]);
  return commandLine(
    ["drill", drillCase],
    [
      ...["--namespace", store.namespace, "--store", store.name, ...target],
      ...(profile === undefined ? ["--yes-this-is-production"] : []),
      ...["--method", method.name, ...(method.name === "command" ? ["--command", "PROGRAM_AND_ARGUMENTS"] : [])],
      ...["--repeat", String(summary.runs), "--rate", String(load.perSecond.PUT)],
      ...(kills === undefined ? [] : ["--kills", String(kills)]),
      ...(awaySeconds === undefined ? [] : ["--away-seconds", String(awaySeconds)]),
      ...(criteria.length === 0 ? [] : ["--until", criteria.map(({ text }) => text).join(",")]),
      ...["--out", "AGAIN"],
    ],
  );
}

/** Returns the command that repeats a drill, and the one that compares the two results. */
export function repeatLines(report: DrillReport, reachedBy?: readonly string[]): string[] {
  return [repeatLine(report, reachedBy), "longhorn-s3 drill compare BEFORE/report.json AGAIN/report.json"];
}
