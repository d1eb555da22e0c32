import type { V1Node, V1Pod } from "@kubernetes/client-node";
import { hasImage } from "../../cluster/kubernetes";
import { unfitReasons } from "../../cluster/eligible-nodes";
import type { StoreInCluster } from "../../cluster/store/store-in-cluster";
import type { ClusterFacts, LonghornReplica } from "./facts";
import type { NodeStatus, ReplicaState } from "./report";

/** Every node as the store sees it, the gateway's first. */
export function nodesOf(store: StoreInCluster, pod: V1Pod | undefined, cluster: ClusterFacts): NodeStatus[] {
  const nodes = cluster.nodes.map((node) => nodeOf(node, store, pod, cluster));
  return nodes.sort((one, other) => Number(other.gateway) - Number(one.gateway) || one.name.localeCompare(other.name));
}

function nodeOf(node: V1Node, store: StoreInCluster, pod: V1Pod | undefined, cluster: ClusterFacts): NodeStatus {
  const { nodesWithDriver, longhorn } = cluster;
  const name = node.metadata?.name ?? "";
  const gateway = pod?.spec?.nodeName === name;
  const hasDriver = nodesWithDriver.includes(name);
  const against =
    gateway || pod === undefined ? [] : unfitReasons(node, pod, `${store.namespace}/${store.name}`, hasDriver);
  const images = node.status?.images?.flatMap(({ names }) => names ?? []) ?? [];
  const replica = longhorn?.replicas.filter(
    ({ spec }) => spec?.volumeName === store.longhornVolume && spec.nodeID === name,
  );
  const state = replica && best(replica.map(stateOf));
  const disk = diskOf(cluster, name);
  return {
    ...{ name, gateway, couldTakeOver: !gateway && pod !== undefined && against.length === 0, against },
    hasImage: hasImage(images, pod?.spec?.containers[0]?.image ?? ""),
    ...(state && { replica: state }),
    ...(disk && { disk }),
  };
}

/** Longhorn keeps a failed replica while it builds another one. */
function best(states: readonly ReplicaState[]): ReplicaState | undefined {
  const order: readonly ReplicaState[] = ["whole", "rebuilding", "failed"];
  return order.find((state) => states.includes(state));
}

function stateOf({ spec }: LonghornReplica): ReplicaState {
  if (spec?.failedAt) return "failed";
  return spec?.healthyAt ? "whole" : "rebuilding";
}

function diskOf({ longhorn }: ClusterFacts, name: string): NodeStatus["disk"] {
  const node = longhorn?.nodes.find(({ metadata }) => metadata.name === name);
  const disks = Object.values(node?.status?.diskStatus ?? {});
  if (disks.length === 0) return undefined;
  const sum = (of: (disk: (typeof disks)[number]) => number | undefined): number =>
    disks.reduce((total, disk) => total + (of(disk) ?? 0), 0);
  return { availableBytes: sum((disk) => disk.storageAvailable), maximumBytes: sum((disk) => disk.storageMaximum) };
}
