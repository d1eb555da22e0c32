import { CoreV1Api, setHeaderOptions, PatchStrategy, type KubeConfig } from "@kubernetes/client-node";
import { resultsName, type DrillResult } from "../cluster/drill-record";
import { unlessAbsent } from "../cluster/kubernetes";
import type { DrillReport } from "./report";

export function resultOf({ case: drillCase, startedAt, summary, shortfalls }: DrillReport): DrillResult {
  const { runs, recoverySeconds, lost } = summary;
  return {
    ...{ case: drillCase, startedAt, runs, passed: shortfalls.length === 0, lost, shortfalls },
    ...(recoverySeconds && { recoverySeconds: recoverySeconds.median }),
  };
}

/** Stores the result in the cluster, next to those of other stores and cases. */
export async function keepResult(config: KubeConfig, report: DrillReport): Promise<void> {
  const core = config.makeApiClient(CoreV1Api);
  const { namespace, name } = report.store;
  const data = { [`${name}.${report.case}`]: JSON.stringify(resultOf(report)) };
  const merge = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);
  const kept = core.patchNamespacedConfigMap({ namespace, name: resultsName, body: { data } }, merge);
  if ((await unlessAbsent(kept)) !== undefined) return;
  const metadata = { name: resultsName, labels: { "app.kubernetes.io/managed-by": "longhorn-s3" } };
  await core.createNamespacedConfigMap({ namespace, body: { metadata, data } });
}
