import type { LonghornVolume } from "../../tool/cluster/longhorn";
import type { StoreObjects } from "../../testbed/store-objects";
import { eventually } from "../../testbed/eventually";

const namespace = "default";

/** Somebody else's Deployment on a cluster, with a claim of its own; what comes back takes both away. */
export async function startOtherWorkload(
  cluster: StoreObjects,
  { name, storageClassName }: { name: string; storageClassName: string },
): Promise<() => Promise<void>> {
  const { core, apps } = cluster;
  const labels = { app: name };
  await core.createNamespacedPersistentVolumeClaim({
    namespace,
    body: {
      metadata: { name },
      spec: { accessModes: ["ReadWriteOnce"], storageClassName, resources: { requests: { storage: "1Gi" } } },
    },
  });
  const volumes = [{ name: "data", persistentVolumeClaim: { claimName: name } }];
  const container = { name, image: "registry.example/web:1", volumeMounts: [{ name: "data", mountPath: "/data" }] };
  await apps.createNamespacedDeployment({
    namespace,
    body: {
      metadata: { name },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container], volumes } },
      },
    },
  });
  await eventually(`Deployment ${name} to run`, async () => {
    const { status } = await apps.readNamespacedDeployment({ namespace, name });
    return (status?.readyReplicas ?? 0) > 0 || undefined;
  });
  const claim = await core.readNamespacedPersistentVolumeClaim({ namespace, name });
  return async () => {
    await apps.deleteNamespacedDeployment({ namespace, name });
    await core.deleteNamespacedPersistentVolumeClaim({ namespace, name });
    // Kubernetes keeps a claim for as long as a pod has it.
    await eventually(`claim ${name} to be gone`, async () => {
      const { items } = await core.listNamespacedPersistentVolumeClaim({ namespace });
      return items.every(({ metadata }) => metadata?.name !== name) || undefined;
    });
    await eventually("its volume to be detached", async () => {
      const volume = await cluster.longhornObject<LonghornVolume>("volumes", claim.spec?.volumeName ?? "");
      return volume.status?.state === "detached" || undefined;
    });
  };
}
