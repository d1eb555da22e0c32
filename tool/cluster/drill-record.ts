import { commandLine } from "../terminal/command-line";

/** Name of the ConfigMap in the store's namespace with the running drill and the changes to restore. */
export const journalName = "longhorn-s3-drill";

/** Name of the ConfigMap in a store's namespace with the last result of each drill case. A key is `<store>.<case>`. */
export const resultsName = "longhorn-s3-drill-results";

/** Result of a drill in the cluster. */
export interface DrillResult {
  /** Case of the drill, such as `node-failure`. */
  case: string;
  /** Start time in ISO 8601. */
  startedAt: string;
  runs: number;
  passed: boolean;
  /** Median time from the failure to the first lasting response, in seconds; absent if no run recovered. */
  recoverySeconds?: number;
  /** Number of lost acknowledged writes. */
  lost: number;
  /** Reasons why the drill failed. */
  shortfalls: readonly string[];
}

/** Returns the latest result of a store; undefined if there is none. Unreadable results are ignored. */
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

/** Returns the command that restores the cluster after an interrupted drill. ⏎ ⏎ @param store as `namespace/name` */
export function cleanupCommand(reachedBy: readonly string[], namespace: string, store: string): string {
  const [, name = ""] = store.split("/");
  return commandLine(["drill", "cleanup"], [...reachedBy, "--namespace", namespace, "--store", name]);
}
