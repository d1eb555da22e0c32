/** Taint of a node, as used to match tolerations. */
export interface Taint {
  key: string;
  value?: string;
  effect: string;
}

/** Toleration of a pod, in the form of the Kubernetes API. */
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
  /** The Ready condition is `False`: the kubelet reports a fault. */
  notReady: "node.kubernetes.io/not-ready",
  /** The Ready condition is `Unknown`: the kubelet has stopped reporting. */
  unreachable: "node.kubernetes.io/unreachable",
  unschedulable: "node.kubernetes.io/unschedulable",
  /**
   * The node is confirmed to be powered off. Kubernetes evicts its pods and detaches their volumes without waiting for the
   * node.
   */
  outOfService: "node.kubernetes.io/out-of-service",
} as const;

/** Keys of the taints of a node that is not ready. A node has at most one of them. */
export const notReadyTaints = [nodeTaints.notReady, nodeTaints.unreachable] as const;

/**
 * Taint that confirms that a node is powered off. Kubernetes then deletes its pods and detaches their volumes without waiting
 * for the node.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#non-graceful-node-shutdown
 */
export const outOfServiceTaint = {
  key: nodeTaints.outOfService,
  value: "nodeshutdown",
  effect: "NoExecute",
} as const satisfies Taint;

/** Reports whether a toleration matches a taint, for any duration, by the scheduler's rules. */
export function tolerates(
  { key = "", operator = "Equal", value = "", effect = "" }: Toleration,
  taint: Taint,
): boolean {
  if (effect !== "" && effect !== taint.effect) return false;
  if (operator === "Exists") return key === "" || key === taint.key;
  return operator === "Equal" && key === taint.key && value === (taint.value ?? "");
}

/** Reports whether pods with these tolerations can be scheduled to a node with these taints. */
export function tolerateAll(tolerations: readonly Toleration[], taints: readonly Taint[]): boolean {
  return taints.every((taint) => tolerations.some((toleration) => tolerates(toleration, taint)));
}
