import { AppsV1Api, type KubeConfig, type V1Deployment, CoreV1Api, StorageV1Api } from "@kubernetes/client-node";
import { unlessAbsent } from "../../cluster/kubernetes";
import { asMergePatch, decidedPatch } from "../../cluster/optimistic-patch";
import { readGateways } from "../../cluster/store/store-in-cluster";
import { readLonghornVolume } from "../../cluster/longhorn";
import { pause, retried, type Patience } from "../../waiting";
import type { Cluster } from "../../cluster/connection";
import { ToolError } from "../../errors";
import { reasonOf } from "../../diagnosis/no-cluster";
import { commandLine } from "../../terminal/command-line";

/**
 * Annotation of a gateway's Deployment that is at 0 replicas only until its volume is detached, so that whoever comes later can
 * put it back.
 */
export const scaledToZeroAnnotation = "longhorn-s3/scaled-to-zero";

/** What the annotation says. */
export interface ScaleMark {
  /** When, ISO 8601. */
  at: string;
  /** How many replicas it had. */
  replicas: number;
}

/** A gateway by its Deployment. */
export interface GatewayDeployment {
  namespace: string;
  name: string;
}

/** The Deployment's mark; undefined where it is not scaled to zero by `longhorn-s3`. */
export function scaleMarkOf({ metadata }: V1Deployment): ScaleMark | undefined {
  const text = metadata?.annotations?.[scaledToZeroAnnotation];
  if (text === undefined) return undefined;
  const [at = "", replicas = ""] = text.split(" ");
  // A gateway is one; somebody may have edited the annotation.
  return { at, replicas: /^\d+$/.test(replicas) ? Number(replicas) : 1 };
}

/**
 * Takes the gateway's pod away, and with it everybody who asks for its volume: Kubernetes waits longer after each attachment that it
 * tries in vain, and a new pod would have it try while the volume is still with the old node.
 *
 * @see ../../docs/operations.md
 */
export async function scaleToZero(config: KubeConfig, gateway: GatewayDeployment): Promise<void> {
  await changeScale(config, gateway, (deployment) => {
    const { replicas = 1 } = deployment.spec ?? {};
    if (replicas === 0 || scaleMarkOf(deployment) !== undefined) return undefined;
    return { replicas: 0, mark: `${new Date().toISOString()} ${replicas}` };
  });
}

/**
 * Takes back what `scaleToZero` did; one that others have scaled stays as it is.
 *
 * @returns whether it was scaled back now
 */
export function scaleBack(config: KubeConfig, gateway: GatewayDeployment): Promise<boolean> {
  return changeScale(config, gateway, (deployment) => {
    const mark = scaleMarkOf(deployment);
    if (mark === undefined) return undefined;
    const isAtZero = (deployment.spec?.replicas ?? 1) === 0;
    return { mark: null, ...(isAtZero && { replicas: mark.replicas }) };
  });
}

/** The gateways that `scaleToZero` has left at zero. */
export async function scaledToZero(config: KubeConfig): Promise<GatewayDeployment[]> {
  return (await readGateways(config))
    .filter((deployment) => scaleMarkOf(deployment) !== undefined)
    .map(({ metadata }) => ({ namespace: metadata?.namespace ?? "", name: metadata?.name ?? "" }));
}

interface ScaleChange {
  replicas?: number;
  mark: string | null;
}

function changeScale(
  config: KubeConfig,
  { namespace, name }: GatewayDeployment,
  decide: (deployment: V1Deployment) => ScaleChange | undefined,
): Promise<boolean> {
  const apps = config.makeApiClient(AppsV1Api);
  return decidedPatch({
    read: () => unlessAbsent(apps.readNamespacedDeployment({ namespace, name })),
    decide,
    patch: ({ replicas, mark }, resourceVersion) => {
      const metadata = { resourceVersion, annotations: { [scaledToZeroAnnotation]: mark } };
      const body = { metadata, ...(replicas !== undefined && { spec: { replicas } }) };
      return apps.patchNamespacedDeployment({ namespace, name, body }, asMergePatch);
    },
  });
}

/** Longhorn takes up to 28 s (docs/recovery-times.md); one that takes this long is left to Kubernetes, which goes on trying. */
const patienceMs = 120_000;
const pollMs = 100;

/** Until when a volume may be waited for. */
interface DetachWait {
  /** Milliseconds since the epoch; never longer than two minutes. */
  deadline: number;
  signal: AbortSignal;
}

/**
 * Lets the gateway of `scaleToZero` start again as soon as its volume is with no node, or at the deadline all the same. Whoever calls
 * this scales it back where it fails or is aborted.
 *
 * @param volume its PersistentVolume; where it is not known, nothing is waited for
 */
export async function scaleBackWhenDetached(
  config: KubeConfig,
  gateway: GatewayDeployment,
  volume: string | undefined,
  wait: DetachWait,
): Promise<void> {
  if (volume !== undefined) await detached(config, volume, wait);
  await scaleBack(config, gateway);
}

async function detached(config: KubeConfig, volume: string, { deadline, signal }: DetachWait): Promise<void> {
  const core = config.makeApiClient(CoreV1Api);
  const storage = config.makeApiClient(StorageV1Api);
  const persistentVolume = await unlessAbsent(core.readPersistentVolume({ name: volume }));
  const name = persistentVolume?.spec?.csi?.volumeHandle ?? volume;
  for (const end = Math.min(deadline, Date.now() + patienceMs); Date.now() < end;) {
    const { items } = await storage.listVolumeAttachment();
    const isAttached = items.some(({ spec }) => spec.source.persistentVolumeName === volume);
    if (!isAttached && (await isDetachedInLonghorn(config, name))) return;
    await pause(pollMs, signal);
  }
}

/** Kubernetes' attachment goes before Longhorn's volume is free: who attaches in between is refused, and waits. */
async function isDetachedInLonghorn(config: KubeConfig, name: string): Promise<boolean> {
  const found = await unlessAbsent(readLonghornVolume(config, name));
  return found === undefined || found.status?.state === "detached";
}

/**
 * Scales back whatever of these is at zero, and tries for half a minute where the cluster does not answer: a store at 0 replicas serves nobody.
 *
 * @throws ToolError that names each that could not be scaled back, and says how to do it later
 */
export async function scaleAllBack(
  { config, reachedBy }: Cluster,
  gateways: readonly GatewayDeployment[],
  patience?: Patience,
): Promise<void> {
  const left = (await Promise.all(gateways.map((gateway) => problemsOf(config, gateway, patience)))).flat();
  if (left.length === 0) return;
  throw new ToolError(
    `These stores may be at 0 replicas, where they serve nobody, and could not be scaled back:\n${left.join("\n")}\n` +
      `As soon as the cluster answers: ${undoCommand(reachedBy)}`,
  );
}

async function problemsOf(config: KubeConfig, gateway: GatewayDeployment, patience?: Patience): Promise<string[]> {
  try {
    await retried(() => scaleBack(config, gateway), patience);
    return [];
  } catch (error) {
    return [`  ${gateway.namespace}/${gateway.name}: ${reasonOf(error)}`];
  }
}

/** Puts back what a move that was killed has left, on the cluster that the flags lead to. */
export const undoCommand = (reachedBy: readonly string[]): string => commandLine(["move", "--undo"], reachedBy);
