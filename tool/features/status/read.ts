import { CoreV1Api, StorageV1Api, VersionApi, type KubeConfig } from "@kubernetes/client-node";
import { isApiError, unlessAbsent } from "../../cluster/kubernetes";
import type { Cluster } from "../../cluster/connection";
import { listLonghorn, readLonghornSetting, type LonghornVolume, readNodesWithDriver } from "../../cluster/longhorn";
import { ToolError } from "../../errors";
import { gatewaySelector, readGateways, storeOf } from "../../cluster/store/store-in-cluster";
import type { ClusterFacts, LonghornFacts, LonghornNode, LonghornReplica, StoreFacts } from "./facts";
import { readFencing } from "../../cluster/fencing";

/** Reads all stores of a cluster or a namespace with their related objects, concurrently. */
export async function readStatusFacts(
  { config, reachedBy }: Cluster,
  namespace?: string,
): Promise<{ stores: StoreFacts[]; cluster: ClusterFacts }> {
  const core = config.makeApiClient(CoreV1Api);
  const [stores, version, nodes, nodesWithDriver, pods, attachments, maps, longhorn, fencing] = await Promise.all([
    readStoreFacts(config, core, namespace),
    config.makeApiClient(VersionApi).getCode(),
    core.listNode(),
    readNodesWithDriver(config),
    core.listPodForAllNamespaces({ labelSelector: gatewaySelector }),
    config.makeApiClient(StorageV1Api).listVolumeAttachment(),
    core.listConfigMapForAllNamespaces({ labelSelector: "app.kubernetes.io/managed-by=longhorn-s3" }),
    readLonghorn(config),
    readFencing(config),
  ]);
  return {
    stores,
    cluster: {
      reachedBy,
      kubernetesVersion: version.gitVersion,
      nodes: nodes.items,
      nodesWithDriver,
      pods: pods.items,
      attachments: attachments.items,
      ...(longhorn && { longhorn }),
      ...(fencing && { fencing }),
      drills: maps.items.map(({ metadata, data = {} }) => ({
        ...{ namespace: metadata?.namespace ?? "", name: metadata?.name ?? "", data },
      })),
    },
  };
}

async function readStoreFacts(config: KubeConfig, core: CoreV1Api, namespace?: string): Promise<StoreFacts[]> {
  const gateways = await readGateways(config, namespace);
  return Promise.all(
    gateways.map(async (deployment) => {
      const { namespace = "", name = "" } = deployment.metadata ?? {};
      try {
        return await storeOf(core, deployment);
      } catch (error) {
        // One that is not whole must not hide the others.
        if (error instanceof ToolError) return { namespace, name, notWhole: error.message };
        if (isApiError(error, 404)) {
          return { namespace, name, notWhole: "its Service, its claim or its PersistentVolume does not exist" };
        }
        throw error;
      }
    }),
  );
}

async function readLonghorn(config: KubeConfig): Promise<LonghornFacts | undefined> {
  return unlessAbsent(
    Promise.all([
      readLonghornSetting(config, "node-down-pod-deletion-policy"),
      listLonghorn<LonghornVolume>(config, "volumes"),
      listLonghorn<LonghornReplica>(config, "replicas"),
      listLonghorn<LonghornNode>(config, "nodes"),
    ]).then(([podDeletionPolicy, volumes, replicas, nodes]) => ({ podDeletionPolicy, volumes, replicas, nodes })),
  );
}
