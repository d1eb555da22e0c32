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

/** Version of the report; it rises when a field is taken away or changes its meaning. */
export const verifyVersion = 1;

/** What `longhorn-s3 verify --json` prints. */
export interface VerifyReport {
  verifyVersion: typeof verifyVersion;
  stack: string;
  findings: Finding[];
}

const pollMs = 1000;

/** Longhorn's manager needs some seconds after Helm is done. */
export const defaultPatienceSeconds = 30;

/** An API server that does not answer by then, with all patience over, does not answer. */
const answerSeconds = 30;

/**
 * Returns what a stack asks of Longhorn.
 *
 * @param exported what `pulumi stack export` prints, with secrets in the clear
 * @param up what deploys the stack
 * @throws ToolError if it asks for nothing
 */
export function askedOfStack(exported: unknown, stack: string, up: string): Asked {
  const asked = askedOf(exported);
  if (!asksNothing(asked)) return asked;
  throw new ToolError(
    `stack ${stack} asks for nothing that could be compared: it has no Longhorn, no StorageClass and no volume. ${up} deploys it.`,
    ExitCode.Refused,
  );
}

/**
 * Compares what a stack asks for with what its cluster has.
 *
 * @throws FaultError if the cluster cannot be asked
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
 * Compares what was asked for with what is there. Longhorn's manager writes its settings after Helm is done: what may still arrive
 * is looked at again for a while.
 *
 * @param patienceSeconds how long
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
 * Whether Longhorn may be about to put it right: its settings, unless they wait for detached volumes, its backup target, and the
 * disks of a new node.
 */
export function mayPass({ kind, object }: Finding): boolean {
  const [type, name = ""] = object.split("/");
  if (type === "backuptargets.longhorn.io" || object === "nodes.longhorn.io") return true;
  if (type !== "settings.longhorn.io") return false;
  return kind !== "waiting" || settingNamed(name)?.waitsForDetached !== true;
}
