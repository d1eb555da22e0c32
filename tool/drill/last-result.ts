import { CoreV1Api, setHeaderOptions, PatchStrategy, type KubeConfig } from "@kubernetes/client-node";
import { unlessAbsent } from "../cluster/absent";
import type { DrillReport } from "./report";

/** Name of the ConfigMap, in a store's namespace, with what the last drill of each case found out; a key is `<store>.<case>`. */
export const resultsName = "longhorn-s3-drill-results";

/** What is left of a drill in the cluster. */
export interface DrillResult {
  /** The failure that was made, such as `node-failure`. */
  case: string;
  /** When it began, ISO 8601. */
  startedAt: string;
  runs: number;
  passed: boolean;
  /** Median from the fault to the first lasting answer, in seconds; absent where no run recovered. */
  recoverySeconds?: number;
  /** Acknowledged writes that were lost. */
  lost: number;
  /** Why it counts as failed. */
  shortfalls: readonly string[];
}

export function resultOf({ case: drillCase, startedAt, summary, shortfalls }: DrillReport): DrillResult {
  const { runs, recoverySeconds, lost } = summary;
  return {
    ...{ case: drillCase, startedAt, runs, passed: shortfalls.length === 0, lost, shortfalls },
    ...(recoverySeconds && { recoverySeconds: recoverySeconds.median }),
  };
}

/** Leaves the result in the cluster, beside those of other stores and cases. */
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

/** The latest result about a store; undefined where it was never drilled. What cannot be read counts for nothing. */
export function lastResult(data: Readonly<Record<string, string>>, store: string): DrillResult | undefined {
  return Object.entries(data)
    .filter(([key]) => key.startsWith(`${store}.`))
    .flatMap(([, text]) => parsed(text))
    .sort((one, other) => Date.parse(other.startedAt) - Date.parse(one.startedAt))[0];
}

function parsed(text: string): DrillResult[] {
  try {
    const result = JSON.parse(text) as Partial<DrillResult> | null;
    return typeof result?.startedAt === "string" && typeof result.case === "string" ? [result as DrillResult] : [];
  } catch {
    return [];
  }
}
