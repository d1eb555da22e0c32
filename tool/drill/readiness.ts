import { OnNodeFailure } from "../../components/failover/args";
import { hasImage } from "../cluster/kubernetes";
import { actsOnDeployments } from "../../components/longhorn/pod-deletion-policy";
import type { StoreInCluster } from "../cluster/store/store-in-cluster";
import { deletedNodeEffect, missingNodeText } from "../cluster/missing-nodes";
import { commandLine } from "../terminal/command-line";
import { DrillCase } from "./cases";
import type { ClusterInUse } from "./cluster-in-use";
import { movesByItself } from "./moves-by-itself";

/** Finding before a drill. */
export interface ReadinessFinding {
  /** `refused`: the drill would prove nothing, or cause unintended damage. `warning`: the drill continues. */
  severity: "refused" | "warning" | "ok";
  what: string;
  remedy?: string;
}

/** Planned drill. */
export interface DrillPlan {
  case: DrillCase;
  store: Pick<StoreInCluster, "namespace" | "name" | "failover">;
  isSandbox: boolean;
  /** Flags that name the cluster. */
  reachedBy: readonly string[];
  /** Whether the operator allows drills in production. */
  productionAllowed: boolean;
  /** Milliseconds since the epoch. */
  now: number;
}

/** Cases that end with the gateway on another node. */
const moves: readonly DrillCase[] = [
  DrillCase.SwitchOver,
  DrillCase.Eviction,
  DrillCase.NodeFailure,
  DrillCase.Fence,
  DrillCase.Partition,
  DrillCase.NodeReturn,
];

/** Returns all findings before a drill, refusals first. */
export function readinessFindings(cluster: ClusterInUse, plan: DrillPlan): ReadinessFinding[] {
  const findings = [
    ...productionFindings(cluster, plan),
    ...policyFindings(cluster, plan),
    ...gatewayFindings(cluster, plan),
    ...volumeFindings(cluster, plan),
    ...nodeFindings(cluster, plan),
    ...standbyFindings(cluster, plan),
    ...backupFindings(cluster, plan),
    ...neighbourFindings(cluster, plan),
  ];
  const order = ["refused", "warning", "ok"];
  return findings.sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
}

function productionFindings({ server }: ClusterInUse, { isSandbox, productionAllowed }: DrillPlan): ReadinessFinding[] {
  if (isSandbox || productionAllowed) return [];
  return [
    {
      severity: "refused",
      what: `${server} is not a sandbox and counts as production: a drill makes the store unavailable to its clients`,
      remedy: "--yes-this-is-production",
    },
  ];
}

function policyFindings(
  { podDeletionPolicy, fencing }: ClusterInUse,
  { case: drillCase, store }: DrillPlan,
): ReadinessFinding[] {
  const { onNodeFailure, tolerationSeconds } = store.failover;
  const decision = `failover.onNodeFailure is ${onNodeFailure}${tolerationSeconds === undefined ? "" : `, tolerationSeconds ${tolerationSeconds}`}, Longhorn's pod deletion policy ${podDeletionPolicy}`;
  const acts = actsOnDeployments(podDeletionPolicy);
  const nodeFails = drillCase === DrillCase.NodeFailure;
  const nothingToMeasure = "so that there is no recovery to measure";
  switch (onNodeFailure) {
    case OnNodeFailure.Wait: {
      if (!nodeFails) return [{ severity: "ok", what: decision }];
      const what = `${decision}: this store does not fail over automatically, ${nothingToMeasure}`;
      return [{ severity: "refused", what, remedy: "drill fence, or drill node-return" }];
    }
    case OnNodeFailure.AssumeDead: {
      if (acts || !(nodeFails || drillCase === DrillCase.Partition)) return [{ severity: "ok", what: decision }];
      const what = `${decision}: the pod would be evicted, but it and its attachment would remain`;
      const remedy = 'longhorn.podDeletionPolicy: "delete-deployment-pod", or drill fence';
      return [{ severity: "refused", what, remedy }];
    }
    case OnNodeFailure.Fence: {
      if (fencing !== undefined) {
        const fenced = `${fencing.remediator} fences a node at least ${fencing.unhealthySeconds} s after NotReady`;
        return [{ severity: "ok", what: `${decision}, ${fenced}` }];
      }
      if (!nodeFails) return [{ severity: "ok", what: decision }];
      const what = `${decision}: no NodeHealthCheck has a remediator for unreachable nodes, ${nothingToMeasure}`;
      return [
        { severity: "refused", what, remedy: "NodeFencing (docs/failover.md), or drill fence, or drill node-return" },
      ];
    }
  }
}

function gatewayFindings({ pods }: ClusterInUse, { store }: DrillPlan): ReadinessFinding[] {
  const gateways = pods.filter(({ isGateway }) => isGateway);
  const [only] = gateways;
  if (only !== undefined && gateways.length === 1) {
    return [{ severity: "ok", what: `${only.name} serves on ${only.node}` }];
  }
  const there = gateways.map(({ name, node }) => `${name} on ${node}`).join(", ") || "none";
  return [
    {
      severity: "refused",
      what: `store ${store.namespace}/${store.name} has ${gateways.length} pods instead of one (${there})`,
      remedy: `wait until the Deployment is ready: kubectl get pods -n ${store.namespace}`,
    },
  ];
}

function volumeFindings({ volume }: ClusterInUse, { case: drillCase }: DrillPlan): ReadinessFinding[] {
  const what = `the volume is ${volume.state || "in no state"}, ${volume.robustness || "of unknown robustness"}`;
  if (volume.robustness !== "healthy") {
    const remedy = "wait until every replica is rebuilt: a drill on a degraded volume risks its last replica";
    return [{ severity: "refused", what, remedy }];
  }
  if (moves.includes(drillCase) && volume.replicas < 2) {
    const remedy =
      "storageClass.numberOfReplicas of at least 2 for new volumes; for this one, spec.numberOfReplicas of Longhorn's volume";
    return [{ severity: "refused", what: `${what}, with one replica, which may be lost with its node`, remedy }];
  }
  return [{ severity: "ok", what }];
}

/** Cases in which the gateway's node itself fails. */
const takesNode: readonly DrillCase[] = moves.filter(
  (one) => one !== DrillCase.SwitchOver && one !== DrillCase.Eviction,
);

/** Cases in which a store with `Wait` stays on an unreachable node for a while. */
const staysAway: readonly DrillCase[] = [DrillCase.NodeReturn, DrillCase.Partition];

function nodeFindings(
  { nodes, pods, fencing }: ClusterInUse,
  { case: drillCase, isSandbox, store, reachedBy }: DrillPlan,
): ReadinessFinding[] {
  const silent = nodes.filter(({ ready }) => !ready).map(({ name }) => name);
  const gateway = pods.find(({ isGateway }) => isGateway);
  const own = nodes.find(({ name }) => name === gateway?.node);
  return [
    ...(gateway !== undefined && own === undefined
      ? [
          {
            severity: "refused" as const,
            what: missingNodeText({ object: `pods/${gateway.name}`, node: gateway.node }),
            remedy: "wait until the store runs on another node",
          },
        ]
      : []),
    ...(staysAway.includes(drillCase) && !isSandbox && !movesByItself(store.failover.onNodeFailure, fencing)
      ? [
          {
            severity: "warning" as const,
            what: `while the node is unavailable, ${deletedNodeEffect}`,
            remedy: "pause the cloud controller's and the autoscaler's removal of nodes during the drill",
          },
        ]
      : []),
    ...(silent.length === 0
      ? []
      : [
          {
            severity: "refused" as const,
            what: `not all nodes are ready: ${silent.join(", ")}`,
            remedy: "a drill requires a healthy cluster; otherwise it measures something else",
          },
        ]),
    ...(takesNode.includes(drillCase) && !isSandbox && own?.ofControlPlane === true
      ? [
          {
            severity: "refused" as const,
            what: `${own.name} is a node of the control plane, which would fail with it`,
            remedy: `move the store to another node: ${moveCommand(store, reachedBy)}`,
          },
        ]
      : []),
  ];
}

/** Returns the `move` command with the flags of the drill, except for the clients' URL. */
function moveCommand({ namespace, name }: DrillPlan["store"], reachedBy: readonly string[]): string {
  const url = reachedBy.indexOf("--url");
  const cluster = url === -1 ? reachedBy : reachedBy.toSpliced(url, 2);
  return commandLine(["move", "--namespace", namespace, "--store", name], cluster);
}

function standbyFindings(cluster: ClusterInUse, { case: drillCase }: DrillPlan): ReadinessFinding[] {
  if (!moves.includes(drillCase)) return [];
  const gateway = cluster.pods.find(({ isGateway }) => isGateway);
  const others = cluster.nodes.filter(({ name }) => name !== gateway?.node);
  const standby = others.filter(({ against }) => against.length === 0);
  if (standby.length === 0) {
    const each = others.map(({ name, against }) => `${name} ${against.join(", ")}`).join("; ") || "there are none";
    const remedy = "provide a node that meets the pod's requirements, or kubectl uncordon one";
    return [{ severity: "refused", what: `no other node could take over: ${each}`, remedy }];
  }
  const without = standby.filter((node) => !hasImage(node.images, gateway?.image ?? "")).map(({ name }) => name);
  const names = standby.map(({ name }) => name).join(", ");
  if (without.length === 0) return [{ severity: "ok", what: `${names} could take over, and have the image` }];
  return [
    {
      severity: "warning",
      what: `${names} could take over; without the gateway's image: ${without.join(", ")}, where it is pulled first`,
      remedy: "gateway.image.prePull: true",
    },
  ];
}

const dayMs = 24 * 60 * 60 * 1000;

function backupFindings({ volume }: ClusterInUse, { isSandbox, now }: DrillPlan): ReadinessFinding[] {
  if (isSandbox) return [];
  if (volume.lastBackupAt === "") {
    const remedy = "add a job with the task backup to volume.recurringJobs, and run it once";
    return [{ severity: "warning", what: "the volume has no backup", remedy }];
  }
  const days = (now - Date.parse(volume.lastBackupAt)) / dayMs;
  const what = `the last backup is ${days.toFixed(1)} days old`;
  return days > 1
    ? [{ severity: "warning", what, remedy: "make a backup before the drill" }]
    : [{ severity: "ok", what }];
}

/** Returns the findings about other workloads on the node, which fail with it. */
function neighbourFindings({ pods }: ClusterInUse, { case: drillCase }: DrillPlan): ReadinessFinding[] {
  if (!takesNode.includes(drillCase)) return [];
  const node = pods.find(({ isGateway }) => isGateway)?.node;
  const neighbours = pods.filter((pod) => pod.node === node && !pod.isGateway && !pod.ofDaemonSet);
  if (neighbours.length === 0) return [{ severity: "ok", what: `nothing else runs on ${node ?? "the node"}` }];
  const named = neighbours
    .slice(0, 5)
    .map(({ namespace, name, hasVolume }) => `${namespace}/${name}${hasVolume ? " (with a volume)" : ""}`)
    .join(", ");
  const more = neighbours.length > 5 ? ` and ${neighbours.length - 5} more` : "";
  return [{ severity: "warning", what: `these fail with ${node ?? "the node"}: ${named}${more}` }];
}
