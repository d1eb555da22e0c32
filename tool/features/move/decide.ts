import type { V1Node, V1Pod } from "@kubernetes/client-node";
import { isReady } from "../../cluster/kubernetes";
import { commandLine } from "../../terminal/command-line";
import { cordonMarkOf } from "../../cluster/cordon";
import { keptOffBy, unfitReasons } from "../../cluster/eligible-nodes";
import { undoCommand } from "../scale/scale-to-zero";

/** State of a store before a move. */
export interface StoreBeforeMove {
  /** Store as `namespace/name`. */
  store: string;
  /** Its PersistentVolume. */
  volume: string;
  /** Pod that its Service routes to; undefined if there is none. */
  pod?: V1Pod;
  /** Time at which a move or a fence scaled its Deployment to zero, ISO 8601; undefined if none did. */
  atZeroSince?: string;
  nodes: readonly V1Node[];
  /** Names of the nodes with Longhorn's CSI driver. */
  nodesWithDriver: readonly string[];
  /** Flags that name the cluster. */
  reachedBy: readonly string[];
  /** Longhorn's state of the volume; undefined if Longhorn does not have it. */
  longhorn?: { state: string; robustness: string };
  longhornNamespace: string;
}

/** Planned move. */
export interface MovePlan {
  store: string;
  volume: string;
  from: string;
  podName: string;
  podUid: string;
  /** Nodes that can run the gateway. */
  candidates: readonly string[];
  /** Nodes that are cordoned during the move and uncordoned afterwards. */
  cordon: readonly string[];
  /** Whether it is already on the requested node. */
  there: boolean;
}

/** A plan, or all reasons for a refusal. */
export type MoveDecision = { plan: MovePlan } | { refusals: string[] };

/**
 * Plans the move of a store.
 *
 * @param to target node; if absent, any other node
 */
export function decideMove(before: StoreBeforeMove, to?: string): MoveDecision {
  const { store, volume, pod, nodes } = before;
  const from = pod?.spec?.nodeName ?? "";
  const there = to !== undefined && to === from;
  const refusals = [
    ...noPod(before),
    ...ownNode(
      nodes.find((node) => nameOf(node) === from),
      before,
    ),
    ...(there ? [] : pod === undefined ? [] : noTarget(before, pod, to)),
    ...unhealthy(before),
    ...otherMoves(before),
  ];
  if (refusals.length > 0 || pod === undefined) return { refusals };
  const candidates = to === undefined ? fitting(before, pod).filter((name) => name !== from) : [to];
  const closed =
    to === undefined ? nodes.filter((node) => nameOf(node) === from) : nodes.filter((node) => nameOf(node) !== to);
  return {
    plan: {
      store,
      volume,
      from,
      candidates,
      there,
      podName: pod.metadata?.name ?? "",
      podUid: pod.metadata?.uid ?? "",
      cordon: there ? [] : closed.filter((node) => isOpen(node, pod, store)).map(nameOf),
    },
  };
}

const nameOf = ({ metadata }: V1Node): string => metadata?.name ?? "";

/** Returns whether the pod could be scheduled there, now or when the node is ready again. */
function isOpen(node: V1Node, pod: V1Pod, store: string): boolean {
  const cordoned = node.spec?.unschedulable === true && cordonMarkOf(node)?.store !== store;
  return !cordoned && keptOffBy(node, pod).length === 0;
}

function noPod({ store, pod, atZeroSince, reachedBy }: StoreBeforeMove): string[] {
  if (atZeroSince !== undefined) {
    return [
      `Its Deployment is at 0 replicas because of a move or a fence that began at ${atZeroSince}: wait for it, or, if it no longer runs, ` +
        `${undoCommand(reachedBy)}, then repeat this when the store is available.`,
    ];
  }
  if (pod !== undefined) return [];
  const [namespace = "", name = ""] = store.split("/");
  return [
    `No pod of the store is ready, and a move does not fix that. See kubectl -n ${namespace} describe pod -l ` +
      `app.kubernetes.io/instance=${name}.`,
  ];
}

function ownNode(node: V1Node | undefined, { reachedBy }: StoreBeforeMove): string[] {
  if (node === undefined || isReady(node)) return [];
  const fence = commandLine(["fence", nameOf(node)], reachedBy);
  return [
    `Its node ${nameOf(node)} is NotReady and cannot stop the pod: wait for it, or, if it is powered off, ${fence}.`,
  ];
}

function noTarget(before: StoreBeforeMove, pod: V1Pod, to: string | undefined): string[] {
  const others = before.nodes.filter((node) => nameOf(node) !== pod.spec?.nodeName);
  const reasons = (node: V1Node): string => `${nameOf(node)} ${reasonsOf(before, node, pod).join(" and ")}`;
  if (to === undefined) {
    if (others.some((node) => reasonsOf(before, node, pod).length === 0)) return [];
    const each = others.length === 0 ? "there are none" : others.map(reasons).join("; ");
    return [`No other node can run it: ${each}.`];
  }
  const target = others.find((node) => nameOf(node) === to);
  if (target === undefined) {
    return [`Node "${to}" does not exist. Existing nodes: ${before.nodes.map(nameOf).sort().join(", ")}.`];
  }
  return reasonsOf(before, target, pod).length === 0 ? [] : [`It cannot move to ${to}: ${reasons(target)}.`];
}

function reasonsOf({ store, nodesWithDriver }: StoreBeforeMove, node: V1Node, pod: V1Pod): string[] {
  return unfitReasons(node, pod, store, nodesWithDriver.includes(nameOf(node)));
}

function fitting(before: StoreBeforeMove, pod: V1Pod): string[] {
  return before.nodes.filter((node) => reasonsOf(before, node, pod).length === 0).map(nameOf);
}

function unhealthy({ volume, longhorn, longhornNamespace }: StoreBeforeMove): string[] {
  const get = `kubectl -n ${longhornNamespace} get volumes.longhorn.io`;
  if (longhorn === undefined) return [`Longhorn has no volume ${volume}: ${get}`];
  const { state, robustness } = longhorn;
  if (state === "attached" && robustness === "healthy") return [];
  return [
    `Longhorn's volume ${volume} is ${state || "of no state"} and ${robustness || "of unknown health"}; it must be attached and ` +
      `healthy, so that the target has an intact replica. Wait until ${get} ${volume} shows that.`,
  ];
}

function otherMoves({ store, nodes, reachedBy }: StoreBeforeMove): string[] {
  return nodes.flatMap((node) => {
    const mark = cordonMarkOf(node);
    if (mark === undefined || mark.store === store) return [];
    return [
      `Node ${nameOf(node)} is cordoned by the move of store ${mark.store}, which began at ${mark.at}: wait for it, or, if it no ` +
        `longer runs, ${undoCommand(reachedBy)}.`,
    ];
  });
}
