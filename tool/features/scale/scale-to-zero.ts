import { AppsV1Api, type KubeConfig, type V1Deployment, CoreV1Api, StorageV1Api } from "@kubernetes/client-node";
import { unlessAbsent } from "../../cluster/kubernetes";
import { asMergePatch, decidedPatch } from "../../cluster/optimistic-patch";
import { readGateways } from "../../cluster/store/store-in-cluster";
import { readLonghornVolume } from "../../cluster/longhorn";
import { pause, retried, type Patience } from "../../waiting";
import type { Cluster } from "../../cluster/connection";
import { ToolError } from "../../errors";
import { reasonOf } from "../../diagnosis/unreachable-cluster";
import { commandLine } from "../../terminal/command-line";

/**
 * Annotation of a gateway's Deployment that is at 0 replicas until its volume is detached. It allows a later run to scale it
 * up.
 */
export const scaledToZeroAnnotation = "longhorn-s3/scaled-to-zero";

/** Content of the annotation. */
export interface ScaleMark {
  /** Time, ISO 8601. */
  at: string;
  /** Former number of replicas. */
  replicas: number;
}

/** Gateway, identified by its Deployment. */
export interface GatewayDeployment {
  namespace: string;
  name: string;
}

/** Returns the Deployment's mark; undefined if `longhorn-s3` has not scaled it to zero. */
export function scaleMarkOf({ metadata }: V1Deployment): ScaleMark | undefined {
  const text = metadata?.annotations?.[scaledToZeroAnnotation];
  if (text === undefined) return undefined;
  const [at = "", replicas = ""] = text.split(" ");
  // A gateway has one replica; the annotation may have been edited by hand.
  return { at, replicas: /^\d+$/.test(replicas) ? Number(replicas) : 1 };
}

/**
 * Removes the gateway's pod and thus all requests for its volume. Kubernetes' back-off grows with each failed attachment, and
 * a new pod would have it attempt one while the volume is still attached to the old node.
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
 * Reverts `scaleToZero`. A Deployment that others have scaled stays as it is.
 *
 * @returns whether it was scaled up now
 */
export function scaleBack(config: KubeConfig, gateway: GatewayDeployment): Promise<boolean> {
  return changeScale(config, gateway, (deployment) => {
    const mark = scaleMarkOf(deployment);
    if (mark === undefined) return undefined;
    const isAtZero = (deployment.spec?.replicas ?? 1) === 0;
    return { mark: null, ...(isAtZero && { replicas: mark.replicas }) };
  });
}

/** Returns the gateways that `scaleToZero` has left at zero. */
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

/**
 * Time limit for the detachment. Longhorn takes up to 28 s (docs/recovery-times.md). Afterwards, Kubernetes retries by itself.
 */
const patienceMs = 120_000;
const pollMs = 100;

/** Time limit of a wait for a volume. */
interface DetachWait {
  /** Milliseconds since the epoch; at most two minutes from now. */
  deadline: number;
  signal: AbortSignal;
}

/**
 * Restarts the gateway of `scaleToZero` once its volume is detached, or at the deadline. If this fails or is aborted, the
 * caller scales it up.
 *
 * @param volume its PersistentVolume; if unknown, there is no wait
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

/**
 * Returns whether Longhorn's volume is detached. Kubernetes' attachment is deleted before that, and an attachment in between
 * is refused and delayed.
 */
async function isDetachedInLonghorn(config: KubeConfig, name: string): Promise<boolean> {
  const found = await unlessAbsent(readLonghornVolume(config, name));
  return found === undefined || found.status?.state === "detached";
}

/**
 * Scales up all of these that are at zero, and retries for half a minute if the cluster is unavailable, because a store at 0
 * replicas is unavailable.
 *
 * @throws ToolError with each store that could not be scaled up, and the command for a later attempt
 */
export async function scaleAllBack(
  { config, reachedBy }: Cluster,
  gateways: readonly GatewayDeployment[],
  patience?: Patience,
): Promise<void> {
  const left = (await Promise.all(gateways.map((gateway) => problemsOf(config, gateway, patience)))).flat();
  if (left.length === 0) return;
  throw new ToolError(
    `These stores may be at 0 replicas, and could not be scaled up:\n${left.join("\n")}\n` +
      `When the cluster is available again: ${undoCommand(reachedBy)}`,
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

/** Returns the command that reverts a killed move on the cluster of the flags. */
export const undoCommand = (reachedBy: readonly string[]): string => commandLine(["move", "--undo"], reachedBy);
