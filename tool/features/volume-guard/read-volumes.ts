import { CoreV1Api, CustomObjectsApi, type KubeConfig } from "@kubernetes/client-node";
import { unlessAbsent } from "../../cluster/kubernetes";
import { longhornObjects, type LonghornVolume } from "../../cluster/longhorn";
import type { VolumeFacts } from "./volumes";

/** Reads all volumes of a cluster and who could use them, through the config's current context. */
export async function readVolumes(config: KubeConfig): Promise<VolumeFacts> {
  const core = config.makeApiClient(CoreV1Api);
  const listed = config
    .makeApiClient(CustomObjectsApi)
    .listNamespacedCustomObject({ ...longhornObjects, plural: "volumes" });
  const [volumes, persistentVolumes, pods] = await Promise.all([
    unlessAbsent(listed as Promise<{ items: LonghornVolume[] }>),
    core.listPersistentVolume(),
    core.listPodForAllNamespaces(),
  ]);
  return { volumes: volumes?.items ?? [], persistentVolumes: persistentVolumes.items, pods: pods.items };
}
