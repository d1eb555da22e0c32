import { CoreV1Api, StorageV1Api, type KubeConfig } from "@kubernetes/client-node";
import { unlessAbsent } from "../../cluster/kubernetes";
import { readLonghornVolume } from "../../cluster/longhorn";
import { pause } from "../../waiting";
import { scaleBack, type GatewayDeployment } from "./scale-to-zero";

/** Longhorn takes up to 28 s (docs/recovery-times.md); one that takes this long is left to Kubernetes, which goes on trying. */
const patienceMs = 120_000;
const pollMs = 100;

/** Until when a volume may be waited for. */
export interface DetachWait {
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
