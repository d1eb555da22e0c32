import { CoreV1Api, VersionApi, type KubeConfig, type V1Node, type V1Pod } from "@kubernetes/client-node";
import type { FencingReference } from "../../components/fencing/remediator";
import { listLonghorn, readLonghornSetting, readLonghornVolume, readNodesWithDriver } from "../cluster/longhorn";
import { hasEnded, isReady } from "../cluster/kubernetes";
import { unfitReasons } from "../cluster/eligible-nodes";
import { readFencing } from "../cluster/fencing";
import { isPodOf, type StoreInCluster } from "../cluster/store/store-in-cluster";

/** State of a cluster before a drill. */
export interface ClusterInUse {
  server: string;
  kubernetesVersion: string;
  longhornVersion: string;
  podDeletionPolicy: string;
  /** Remediator of failed nodes; absent if there is none. */
  fencing?: FencingReference;
  nodes: readonly NodeInUse[];
  longhornNodes: number;
  volume: VolumeInUse;
  /** All pods that are bound to a node and have not ended. */
  pods: readonly PodInUse[];
}

export interface NodeInUse {
  name: string;
  ready: boolean;
  /** Reasons why the store's pod could not run there, such as `is cordoned`; empty for its current node. */
  against: readonly string[];
  /** Names of the images on the node. */
  images: readonly string[];
  /** Whether the node has the label of the control plane. */
  ofControlPlane: boolean;
}

/** Longhorn volume of the store. */
export interface VolumeInUse {
  state: string;
  robustness: string;
  replicas: number;
  /** Time of the last backup, ISO 8601; empty if there is none. */
  lastBackupAt: string;
}

export interface PodInUse {
  namespace: string;
  name: string;
  node: string;
  image: string;
  /** Whether the pod uses a volume that is bound to a claim. */
  hasVolume: boolean;
  /** Whether the pod belongs to a DaemonSet. */
  ofDaemonSet: boolean;
  isGateway: boolean;
}

/** Reads the cluster of the config's current context. */
export async function readClusterInUse(config: KubeConfig, store: StoreInCluster): Promise<ClusterInUse> {
  const core = config.makeApiClient(CoreV1Api);
  const [version, nodes, nodesWithDriver, pods, fencing, ...ofLonghorn] = await Promise.all([
    config.makeApiClient(VersionApi).getCode(),
    core.listNode(),
    readNodesWithDriver(config),
    core.listPodForAllNamespaces(),
    readFencing(config),
    readLonghornSetting(config, "current-longhorn-version"),
    readLonghornSetting(config, "node-down-pod-deletion-policy"),
    listLonghorn(config, "nodes"),
    readLonghornVolume(config, store.longhornVolume),
  ]);
  const [longhornVersion, podDeletionPolicy, longhornNodes, volume] = ofLonghorn;
  const { state = "", robustness = "", lastBackupAt = "" } = volume.status ?? {};
  const running = pods.items.filter((one) => !hasEnded(one));
  const pod = running.find((one) => isPodOf(one, store) && one.spec?.nodeName !== undefined);
  const moving = { pod, store: `${store.namespace}/${store.name}`, nodesWithDriver };
  return {
    server: config.getCurrentCluster()?.server ?? "",
    kubernetesVersion: version.gitVersion,
    longhornVersion: longhornVersion.replace(/^v/, ""),
    podDeletionPolicy,
    ...(fencing && { fencing }),
    nodes: nodes.items.map((node) => nodeInUse(node, moving)),
    longhornNodes: longhornNodes.length,
    volume: { state, robustness, lastBackupAt, replicas: volume.spec?.numberOfReplicas ?? 0 },
    pods: running.map((one) => podOf(one, store)).filter(({ node }) => node !== ""),
  };
}

/** Requirements on a node. */
interface Moving {
  /** The store's pod; undefined if it does not exist, in which case nothing is checked. */
  pod?: V1Pod;
  /** Store as `namespace/name`. */
  store: string;
  /** Names of the nodes with Longhorn's CSI driver. */
  nodesWithDriver: readonly string[];
}

/** Returns the state of a node before a drill of the store. */
export function nodeInUse(node: V1Node, { pod, store, nodesWithDriver }: Moving): NodeInUse {
  const { metadata, status } = node;
  const name = metadata?.name ?? "";
  const stays = pod === undefined || pod.spec?.nodeName === name;
  return {
    name,
    ready: isReady(node),
    against: stays ? [] : unfitReasons(node, pod, store, nodesWithDriver.includes(name)),
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
