/** Taint of a node, as far as tolerations are compared with it. */
export interface Taint {
  key: string;
  value?: string;
  effect: string;
}

/** Toleration of a pod, as the API server or anyone's manifest has it. */
export interface Toleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
  tolerationSeconds?: number;
}

/**
 * Keys of the taints that Kubernetes and its operators set on nodes.
 *
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/
 */
export const nodeTaints = {
  /** The node's Ready condition is `False`: its kubelet reports, and reports a fault. */
  notReady: "node.kubernetes.io/not-ready",
  /** The node's Ready condition is `Unknown`: its kubelet no longer reports. */
  unreachable: "node.kubernetes.io/unreachable",
  unschedulable: "node.kubernetes.io/unschedulable",
  /** The node is confirmed to be powered off: its pods are evicted and their volumes detached without waiting for the node. */
  outOfService: "node.kubernetes.io/out-of-service",
} as const;

/** Keys of the taints of a node that is not ready. A node has only one of them at a time. */
export const notReadyTaints = [nodeTaints.notReady, nodeTaints.unreachable] as const;

/**
 * Confirms that a node is powered off. Kubernetes then deletes its pods and detaches their volumes without waiting for the node.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#non-graceful-node-shutdown
 */
export const outOfServiceTaint = {
  key: nodeTaints.outOfService,
  value: "nodeshutdown",
  effect: "NoExecute",
} as const satisfies Taint;

/** Reports whether `toleration` tolerates `taint`, for whatever time, as the scheduler compares them. */
export function tolerates(
  { key = "", operator = "Equal", value = "", effect = "" }: Toleration,
  taint: Taint,
): boolean {
  if (effect !== "" && effect !== taint.effect) return false;
  if (operator === "Exists") return key === "" || key === taint.key;
  return operator === "Equal" && key === taint.key && value === (taint.value ?? "");
}

/** Reports whether pods with `tolerations` can be placed on a node with `taints`. */
export function tolerateAll(tolerations: readonly Toleration[], taints: readonly Taint[]): boolean {
  return taints.every((taint) => tolerations.some((toleration) => tolerates(toleration, taint)));
}
