import { setTimeout as sleep } from "node:timers/promises";
import type { KubeConfig } from "@kubernetes/client-node";
import { settingNamed } from "../../../components/longhorn/settings/table";
import { onCluster } from "../../diagnosis/on-cluster";
import { ExitCode, ToolError } from "../../errors";
import { readStackPlaces } from "../../pulumi/stack-places";
import { askedOf, asksNothing, type Asked } from "./asked";
import type { Finding } from "./finding";
import { verifyFindings } from "./findings";
import { readLonghorn } from "./seen";

/** Version of the report. Increases when a field is removed or changes its meaning. */
export const verifyVersion = 1;

/** Result of `longhorn-s3 verify --json`. */
export interface VerifyReport {
  verifyVersion: typeof verifyVersion;
  stack: string;
  findings: Finding[];
}

const pollMs = 1000;

/** Seconds that Longhorn's manager needs after the end of the Helm operation. */
export const defaultPatienceSeconds = 30;

/** Additional seconds after which an API server counts as unreachable. */
const answerSeconds = 30;

/**
 * Returns the configuration of Longhorn that a stack requests.
 *
 * @param exported output of `pulumi stack export`, with secrets in plain text
 * @param up command that deploys the stack
 * @throws ToolError if it requests nothing
 */
export function askedOfStack(exported: unknown, stack: string, up: string): Asked {
  const asked = askedOf(exported);
  if (!asksNothing(asked)) return asked;
  throw new ToolError(
    `stack ${stack} requests nothing that could be compared: it has no Longhorn, no StorageClass and no volume. ${up} deploys it.`,
    ExitCode.Refused,
  );
}

/**
 * Compares the configuration of a stack with its cluster.
 *
 * @throws FaultError if the cluster is unreachable
 */
export function compareStack(
  exported: unknown,
  asked: Asked,
  { patienceSeconds = defaultPatienceSeconds, signal }: { patienceSeconds?: number; signal?: AbortSignal },
): Promise<Finding[]> {
  return onCluster(
    readStackPlaces(exported).connection,
    ({ config }) => verify(config, asked, patienceSeconds, signal),
    {
      failed: "nothing was compared",
      seconds: answerSeconds + patienceSeconds,
      ofStack: true,
      signal,
    },
  );
}

/**
 * Compares the requested configuration with the current state. Longhorn's manager writes its settings after the end of the
 * Helm operation, so that some findings are checked again.
 *
 * @param patienceSeconds time limit for that
 */
export async function verify(
  config: KubeConfig,
  asked: Asked,
  patienceSeconds: number,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const namespaces = [...new Set(asked.volumes.map(({ claim }) => claim.split("/")[0] ?? ""))];
  for (const deadline = Date.now() + patienceSeconds * 1000; ;) {
    const findings = verifyFindings(asked, await readLonghorn(config, namespaces));
    if (!findings.some(mayPass) || Date.now() >= deadline) return findings;
    await sleep(pollMs, undefined, { signal });
  }
}

/**
 * Returns whether Longhorn may resolve a finding by itself: settings, unless they wait for detached volumes, the backup
 * target, and the disks of a new node.
 */
export function mayPass({ kind, object }: Finding): boolean {
  const [type, name = ""] = object.split("/");
  if (type === "backuptargets.longhorn.io" || object === "nodes.longhorn.io") return true;
  if (type !== "settings.longhorn.io") return false;
  return kind !== "waiting" || settingNamed(name)?.waitsForDetached !== true;
}
