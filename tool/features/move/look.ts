import { AppsV1Api, CoreV1Api, type KubeConfig, type V1Pod } from "@kubernetes/client-node";
import { readLonghornNamespace, readLonghornVolume, readNodesWithDriver } from "../../cluster/longhorn";
import { unlessAbsent } from "../../cluster/kubernetes";
import { scaleMarkOf } from "../scale/scale-to-zero";
import type { StoreInCluster } from "../../cluster/store/store-in-cluster";
import { ClusterView } from "../../cluster/failover-watch/watches";
import type { StoreBeforeMove } from "./decide";

/** Reads a store and the nodes that could run its gateway. */
export async function lookBeforeMove(
  config: KubeConfig,
  store: StoreInCluster,
): Promise<Omit<StoreBeforeMove, "reachedBy">> {
  const core = config.makeApiClient(CoreV1Api);
  const { namespace, deploymentName: name } = store;
  const [pod, deployment, nodes, nodesWithDriver, longhorn] = await Promise.all([
    servingPod(config, core, store),
    config.makeApiClient(AppsV1Api).readNamespacedDeployment({ namespace, name }),
    core.listNode(),
    readNodesWithDriver(config),
    longhornVolume(config, store.longhornVolume),
  ]);
  const longhornNamespace = await readLonghornNamespace(config);
  return {
    store: `${store.namespace}/${store.name}`,
    volume: store.volume,
    pod,
    longhorn,
    longhornNamespace,
    atZeroSince: scaleMarkOf(deployment)?.at,
    nodes: nodes.items,
    nodesWithDriver,
  };
}

async function servingPod(config: KubeConfig, core: CoreV1Api, store: StoreInCluster): Promise<V1Pod | undefined> {
  const [endpoint] = await new ClusterView(config).endpointsOf(store);
  if (endpoint === undefined) return undefined;
  return unlessAbsent(core.readNamespacedPod({ namespace: store.namespace, name: endpoint.podName }));
}

async function longhornVolume(config: KubeConfig, volume: string): Promise<StoreBeforeMove["longhorn"]> {
  const found = await unlessAbsent(readLonghornVolume(config, volume));
  if (found === undefined) return undefined;
  const { state = "", robustness = "" } = found.status ?? {};
  return { state, robustness };
}
