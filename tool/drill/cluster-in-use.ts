import {
  CoreV1Api,
  CustomObjectsApi,
  VersionApi,
  type KubeConfig,
  type V1Node,
  type V1Pod,
} from "@kubernetes/client-node";
import { longhornObjects } from "../cluster/longhorn-objects";
import { readLonghornSetting } from "../cluster/longhorn-setting";
import { readLonghornVolume } from "../cluster/longhorn-volume";
import { isReady } from "../cluster/ready";
import { isPodOf } from "../store/pod-of-store";
import type { StoreInCluster } from "../store/store-in-cluster";

/** A cluster as a drill finds it. */
export interface ClusterInUse {
  server: string;
  kubernetesVersion: string;
  longhornVersion: string;
  podDeletionPolicy: string;
  nodes: readonly NodeInUse[];
  longhornNodes: number;
  volume: VolumeInUse;
  /** Pods that have a node, whatever they are. */
  pods: readonly PodInUse[];
}

export interface NodeInUse {
  name: string;
  ready: boolean;
  schedulable: boolean;
  /** Names of the images that are on it. */
  images: readonly string[];
  /** Whether it has the label of the control plane. */
  ofControlPlane: boolean;
}

/** Longhorn's volume of the store. */
export interface VolumeInUse {
  state: string;
  robustness: string;
  replicas: number;
  /** ISO 8601; empty where there is no backup. */
  lastBackupAt: string;
}

export interface PodInUse {
  namespace: string;
  name: string;
  node: string;
  image: string;
  /** Whether it has a volume that is bound to a claim. */
  hasVolume: boolean;
  /** Whether it runs on every node by itself. */
  ofDaemonSet: boolean;
  isGateway: boolean;
}

/** Reads it through the config's current context. */
export async function readClusterInUse(config: KubeConfig, store: StoreInCluster): Promise<ClusterInUse> {
  const [core, custom] = [config.makeApiClient(CoreV1Api), config.makeApiClient(CustomObjectsApi)];
  const [version, nodes, pods, longhornVersion, podDeletionPolicy, longhornNodes, volume] = await Promise.all([
    config.makeApiClient(VersionApi).getCode(),
    core.listNode(),
    core.listPodForAllNamespaces(),
    readLonghornSetting(custom, "current-longhorn-version"),
    readLonghornSetting(custom, "node-down-pod-deletion-policy"),
    custom.listNamespacedCustomObject({ ...longhornObjects, plural: "nodes" }) as Promise<{ items: unknown[] }>,
    readLonghornVolume(config, store.longhornVolume),
  ]);
  const { state = "", robustness = "", lastBackupAt = "" } = volume.status ?? {};
  return {
    server: config.getCurrentCluster()?.server ?? "",
    kubernetesVersion: version.gitVersion,
    longhornVersion: longhornVersion.replace(/^v/, ""),
    podDeletionPolicy,
    nodes: nodes.items.map(nodeOf),
    longhornNodes: longhornNodes.items.length,
    volume: { state, robustness, lastBackupAt, replicas: volume.spec?.numberOfReplicas ?? 0 },
    pods: pods.items.map((pod) => podOf(pod, store)).filter(({ node }) => node !== ""),
  };
}

const blockingEffects = ["NoSchedule", "NoExecute"];

function nodeOf({ metadata, spec, status }: V1Node): NodeInUse {
  return {
    name: metadata?.name ?? "",
    ready: isReady({ status }),
    schedulable: spec?.unschedulable !== true && !spec?.taints?.some(({ effect }) => blockingEffects.includes(effect)),
    images: status?.images?.flatMap(({ names }) => names ?? []) ?? [],
    ofControlPlane: metadata?.labels?.["node-role.kubernetes.io/control-plane"] !== undefined,
  };
}

function podOf(pod: V1Pod, store: StoreInCluster): PodInUse {
  const { metadata, spec } = pod;
  return {
    namespace: metadata?.namespace ?? "",
    name: metadata?.name ?? "",
    node: spec?.nodeName ?? "",
    image: spec?.containers[0]?.image ?? "",
    hasVolume: spec?.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined) ?? false,
    ofDaemonSet: metadata?.ownerReferences?.some(({ kind }) => kind === "DaemonSet") ?? false,
    isGateway: isPodOf(pod, store),
  };
}
