import { commandLine } from "../terminal/command-line";

/** Name of the ConfigMap in the store's namespace that records a running drill and its changes. */
export const journalName = "longhorn-s3-drill";

/** Name of the ConfigMap in a store's namespace with the last result of each case. A key is `<store>.<case>`. */
export const resultsName = "longhorn-s3-drill-results";

/** Result of a drill in the cluster. */
export interface DrillResult {
  /** Injected failure, such as `node-failure`. */
  case: string;
  /** Start time, ISO 8601. */
  startedAt: string;
  runs: number;
  passed: boolean;
  /** Median from the fault to the first lasting success, in seconds; absent if no run recovered. */
  recoverySeconds?: number;
  /** Number of acknowledged writes that were lost. */
  lost: number;
  /** Reasons why it failed. */
  shortfalls: readonly string[];
}

/** Returns the latest result about a store; undefined if there is none. Unreadable entries are ignored. */
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

/**
 * Returns the command that reverts the changes of a killed drill.
 *
 * @param store as `namespace/name`
 */
export function cleanupCommand(reachedBy: readonly string[], namespace: string, store: string): string {
  const [, name = ""] = store.split("/");
  return commandLine(["drill", "cleanup"], [...reachedBy, "--namespace", namespace, "--store", name]);
}
