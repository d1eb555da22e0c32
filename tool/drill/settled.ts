import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1Api, StorageV1Api, type KubeConfig } from "@kubernetes/client-node";
import { listLonghorn, readLonghornVolume } from "../cluster/longhorn";
import { hasEnded, isReady, type WithConditions } from "../cluster/kubernetes";
import type { StoreInCluster } from "../cluster/store/store-in-cluster";

const pollMs = 500;
/** Time limit, in which Longhorn rebuilds replicas. */
const limitMs = 15 * 60_000;

/**
 * Returns when the state is as before the failure: all nodes ready for Kubernetes and Longhorn, one ready pod, one attachment,
 * a healthy volume.
 *
 * @param say reports the remaining steps whenever they change
 * @throws Error after 15 minutes, with the remaining steps
 */
export async function settled(
  config: KubeConfig,
  store: StoreInCluster,
  signal: AbortSignal,
  say: (open: string) => void = () => undefined,
): Promise<void> {
  for (const deadline = Date.now() + limitMs; ;) {
    const open = await unsettled(config, store);
    if (open.length === 0) return;
    if (Date.now() > deadline) throw new Error(`not restored after ${limitMs / 60_000} minutes: ${open.join("; ")}`);
    say(open.join("; "));
    await sleep(pollMs, undefined, { signal });
  }
}

async function unsettled(config: KubeConfig, store: StoreInCluster): Promise<string[]> {
  const core = config.makeApiClient(CoreV1Api);
  const [nodes, longhorn, attachments, pods, volume] = await Promise.all([
    core.listNode(),
    listLonghorn<WithConditions & { metadata?: { name?: string } }>(config, "nodes"),
    config.makeApiClient(StorageV1Api).listVolumeAttachment(),
    core.listNamespacedPod({ namespace: store.namespace, labelSelector: store.podSelector }),
    readLonghornVolume(config, store.longhornVolume),
  ]);
  const ofVolume = attachments.items.filter(({ spec }) => spec.source.persistentVolumeName === store.volume);
  const existing = pods.items.filter((pod) => !hasEnded(pod));
  const whole = existing.filter((pod) => pod.metadata?.deletionTimestamp === undefined && isReady(pod));
  const robustness = volume.status?.robustness ?? "of unknown robustness";
  return [
    ...nodes.items.filter((node) => !isReady(node)).map(({ metadata }) => `node ${metadata?.name ?? ""} is not ready`),
    ...longhorn
      .filter((node) => !isReady(node))
      .map(({ metadata }) => `Longhorn's node ${metadata?.name ?? ""} is not ready`),
    ...(ofVolume.length === 1 ? [] : [`the volume has ${ofVolume.length} attachments`]),
    ...(whole.length === 1 && existing.length === 1 ? [] : [`${whole.length} of ${existing.length} pods are ready`]),
    ...(robustness === "healthy" ? [] : [`the volume is ${robustness}`]),
  ];
}
