import type { DrillReport } from "./report";

/** What to type to drill the same again, and to see what has changed. */
export function repeatLines({ case: drillCase, store, summary, cluster }: DrillReport): string[] {
  const sandbox = cluster.sandboxProfile === undefined ? "" : ` --profile ${cluster.sandboxProfile}`;
  const repeat = summary.runs === 1 ? "" : ` --runs ${summary.runs}`;
  return [
    `longhorn-s3 drill ${drillCase} --namespace ${store.namespace} --store ${store.name}${repeat}${sandbox}`,
    "longhorn-s3 drill compare BEFORE/report.json AFTER/report.json",
  ];
}
