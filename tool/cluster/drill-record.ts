import { commandLine } from "../terminal/command-line";

/** Name of the ConfigMap, in the store's namespace, that says that a drill runs and what it has to put back. */
export const journalName = "longhorn-s3-drill";

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

/**
 * Puts back what a drill that was killed has left.
 *
 * @param store as `namespace/name`
 */
export function cleanupCommand(reachedBy: readonly string[], namespace: string, store: string): string {
  const [, name = ""] = store.split("/");
  return commandLine(["drill", "cleanup"], [...reachedBy, "--namespace", namespace, "--store", name]);
}
