import { setTimeout as sleep } from "node:timers/promises";
import type { KubeConfig } from "@kubernetes/client-node";
import type { Asked } from "./asked";
import { verifyFindings, type Finding } from "./findings";
import { readLonghorn } from "./seen";

/** Version of the report; it rises when a field is taken away or changes its meaning. */
export const verifyVersion = 1;

/** What `longhorn-s3 verify --json` prints. */
export interface VerifyReport {
  verifyVersion: typeof verifyVersion;
  stack: string;
  findings: Finding[];
}

const pollMs = 1000;

/**
 * Compares what was asked for with what is there. Longhorn's manager writes its settings after Helm is done: what is not there yet is
 * looked at again for a while.
 *
 * @param patienceSeconds how long
 */
export async function verify(
  config: KubeConfig,
  asked: Asked,
  patienceSeconds: number,
  signal?: AbortSignal,
): Promise<Finding[]> {
  for (const deadline = Date.now() + patienceSeconds * 1000; ;) {
    const findings = verifyFindings(asked, await readLonghorn(config));
    if (findings.length === 0 || Date.now() >= deadline) return findings;
    await sleep(pollMs, undefined, { signal });
  }
}
