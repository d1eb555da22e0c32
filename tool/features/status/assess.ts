import type { V1Pod, V1Node } from "@kubernetes/client-node";
import { OnNodeFailure } from "../../../components/failover/args";
import type { LonghornVolume } from "../../cluster/longhorn";
import { hasEnded, hasImage, isReady } from "../../cluster/kubernetes";
import { cleanupCommand, journalName, lastResult, resultsName } from "../../cluster/drill-record";
import { missingNodeText, onMissingNodes } from "../../cluster/missing-nodes";
import { driverRemedy, nodesForPods, possibleNodes } from "../../cluster/driver-nodes";
import { isPodOf, type StoreInCluster } from "../../cluster/store/store-in-cluster";
import type { ClusterFacts, StoreFacts, LonghornReplica } from "./facts";
import { policyOf } from "./policy";
import { predictedOf } from "./predicted";
import type { GatewayStatus, NodeStatus, StoreStatus, VolumeStatus, ReplicaState } from "./report";
import { unfitReasons } from "../../cluster/eligible-nodes";

/** Returns whether a store would survive a failure now, with the reasons if it would not. */
export function judgeStore(store: StoreFacts, cluster: ClusterFacts): StoreStatus {
  const { namespace, name } = store;
  if ("notWhole" in store) {
    const { notWhole } = store;
    return { namespace, name, survives: false, byItself: false, reasons: [notWhole], warnings: [], nodes: [] };
  }
  const pods = cluster.pods.filter((pod) => isPodOf(pod, store) && !hasEnded(pod));
  const pod = pods.find(isStaying) ?? pods[0];
  const volume = cluster.longhorn?.volumes.find(({ metadata }) => metadata.name === store.longhornVolume);
  const nodes = nodesOf(store, pod, cluster);
  const policy = policyOf(store.failover, cluster);
  const reasons = [
    ...missingNodeReasons(store, pods, cluster),
    ...gatewayReasons(pods, cluster),
    ...volumeReasons(store, volume, cluster),
    ...replicaReasons(volume, nodes),
    ...standbyReasons(pod, nodes),
    ...policy.reasons,
  ];
  const survives = reasons.length === 0;
  const lastBackupAt = volume?.status?.lastBackupAt;
  const results = cluster.drills.find((one) => one.namespace === namespace && one.name === resultsName);
  const lastDrill = results && lastResult(results.data, name);
  return {
    namespace,
    name,
    survives,
    byItself: survives && store.failover.onNodeFailure !== OnNodeFailure.Wait,
    reasons,
    warnings: [...warningsOf({ store, cluster, nodes, lastBackupAt, lastDrill }), ...driverWarnings(pod, cluster)],
    ...(pod?.spec?.nodeName !== undefined && { gateway: gatewayOf(pod, pod.spec.nodeName) }),
    ...(volume && { volume: volumeOf(store, volume) }),
    nodes,
    policy: policy.status,
    predicted: predictedOf(store, cluster),
    ...(lastBackupAt && { lastBackupAt }),
    ...(lastDrill && { lastDrill }),
  };
}

const isStaying = ({ metadata }: V1Pod): boolean => metadata?.deletionTimestamp === undefined;

function gatewayOf({ metadata, spec, status }: V1Pod, node: string): GatewayStatus {
  const restarts = (status?.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
  const startedAt = status?.startTime && new Date(status.startTime).toISOString();
  return {
    pod: metadata?.name ?? "",
    node,
    ready: spec !== undefined && isReady({ status }),
    restarts,
    ...(startedAt && { startedAt }),
  };
}

function volumeOf(store: StoreInCluster, { spec, status }: LonghornVolume): VolumeStatus {
  return {
    name: store.longhornVolume,
    accessMode: store.accessMode,
    state: status?.state ?? "",
    robustness: status?.robustness ?? "unknown",
    replicas: spec?.numberOfReplicas ?? 0,
  };
}

function missingNodeReasons(
  { volume }: StoreInCluster,
  pods: readonly V1Pod[],
  { nodes, attachments }: ClusterFacts,
): string[] {
  const own = attachments.filter(({ spec }) => spec.source.persistentVolumeName === volume);
  return onMissingNodes(nodes, pods, own).map(missingNodeText);
}

function gatewayReasons(pods: readonly V1Pod[], { nodes }: ClusterFacts): string[] {
  const staying = pods.filter(isStaying);
  const [only, second] = staying;
  if (second !== undefined)
    return [`it has ${staying.length} gateways at the same time: ${staying.map(nameOf).join(", ")}`];
  if (only === undefined) {
    const leaving = pods.map((pod) => `${nameOf(pod)} on ${pod.spec?.nodeName ?? "no node"} is terminating`);
    return [`it has no gateway${leaving.length === 0 ? "" : `: ${leaving.join(", ")}`}`];
  }
  const node = nodes.find(({ metadata }) => metadata?.name === only.spec?.nodeName);
  if (only.spec?.nodeName === undefined) return [`its gateway ${nameOf(only)} is not scheduled yet`];
  if (node === undefined) return []; // which missingNodeReasons tells
  if (!isReady(node)) return [`the gateway's node ${only.spec.nodeName} is not ready`];
  return isReady(only) ? [] : [`its gateway ${nameOf(only)} is not ready${waitingText(only)}`];
}

const nameOf = ({ metadata }: V1Pod): string => metadata?.name ?? "";

function waitingText({ status }: V1Pod): string {
  const waiting = status?.containerStatuses?.map(({ state }) => state?.waiting?.reason).find(Boolean);
  return waiting === undefined ? "" : ` (${waiting})`;
}

function volumeReasons(
  { longhornVolume }: StoreInCluster,
  volume: LonghornVolume | undefined,
  { longhorn }: ClusterFacts,
): string[] {
  if (longhorn === undefined) return ["Longhorn is not installed: the API server does not have its resources"];
  if (volume === undefined) return [`Longhorn has no volume ${longhornVolume}`];
  const { state = "", robustness = "unknown" } = volume.status ?? {};
  if (robustness === "healthy") return [];
  return [`the volume is ${state || "in no state"}, ${robustness}: it must be healthy first`];
}

/** Returns the reasons about replicas. Those on the gateway's node may be lost with it. */
function replicaReasons(volume: LonghornVolume | undefined, nodes: readonly NodeStatus[]): string[] {
  if (volume === undefined) return [];
  const elsewhere = nodes.filter(({ gateway, replica }) => !gateway && replica === "whole");
  return elsewhere.length > 0 ? [] : ["no other node has an intact replica of the volume"];
}

function standbyReasons(pod: V1Pod | undefined, nodes: readonly NodeStatus[]): string[] {
  if (pod === undefined || nodes.some(({ couldTakeOver }) => couldTakeOver)) return [];
  const others = nodes.filter(({ gateway }) => !gateway).map(({ name, against }) => `${name} ${against.join(", ")}`);
  return [`no other node could take over: ${others.join("; ") || "there are none"}`];
}

interface Worth {
  store: StoreInCluster;
  cluster: ClusterFacts;
  nodes: readonly NodeStatus[];
  lastBackupAt: string | undefined;
  lastDrill: StoreStatus["lastDrill"];
}

function warningsOf({ store, cluster, nodes, lastBackupAt, lastDrill }: Worth): string[] {
  const standby = nodes.filter(({ couldTakeOver }) => couldTakeOver);
  const without = standby.filter(({ hasImage }) => !hasImage).map(({ name }) => name);
  const drilled = cluster.drills.some(({ namespace, name }) => namespace === store.namespace && name === journalName);
  const cleanup = cleanupCommand(cluster.reachedBy, store.namespace, `${store.namespace}/${store.name}`);
  return [
    ...(drilled ? [`a drill is running, or was killed: ${cleanup} reverts its changes`] : []),
    ...(standby.length === 1 ? [`only ${standby[0]?.name ?? ""} could take over`] : []),
    ...(without.length === 0
      ? []
      : [`nodes without the gateway's image, which is pulled first: ${without.join(", ")}`]),
    ...(lastBackupAt ? [] : ["the volume has no backup"]),
    ...(lastDrill?.passed === false ? [`the last drill, ${lastDrill.case} of ${lastDrill.startedAt}, failed`] : []),
  ];
}

/** Warns of nodes that the scheduler may choose for the next pod of the gateway, and that cannot attach its volume. */
function driverWarnings(pod: V1Pod | undefined, { nodes, nodesWithDriver }: ClusterFacts): string[] {
  if (pod?.spec === undefined) return [];
  const forPods = nodesForPods(nodes, nodesWithDriver);
  const { withoutDriver } = possibleNodes(forPods, pod.spec);
  if (withoutDriver.length === 0) return [];
  return [
    `the gateway can be scheduled on ${withoutDriver.join(", ")}, without Longhorn's CSI driver, and would not start there: set ` +
      `${driverRemedy(forPods)}, which restarts the gateway`,
  ];
}

/** Returns each node with its properties for the store, the gateway's node first. */
function nodesOf(store: StoreInCluster, pod: V1Pod | undefined, cluster: ClusterFacts): NodeStatus[] {
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
    name,
    gateway,
    couldTakeOver: !gateway && pod !== undefined && against.length === 0,
    against,
    hasImage: hasImage(images, pod?.spec?.containers[0]?.image ?? ""),
    ...(state && { replica: state }),
    ...(disk && { disk }),
  };
}

/** Returns the best state, because Longhorn keeps a failed replica while it builds another one. */
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
