/** What becomes of a store when the node of its gateway falls silent. */
export const OnNodeFailure = {
  /** Nothing moves until the node returns or an operator acts, who then vouches that it is dead. */
  Wait: "Wait",
  /**
   * Longhorn deletes the pod and its attachment, and another node takes over. Nobody vouches that the silent node is dead: if it
   * is alive, what it went on writing is lost.
   */
  AssumeDead: "AssumeDead",
} as const;

export type OnNodeFailure = (typeof OnNodeFailure)[keyof typeof OnNodeFailure];

/** The failover decision: one input that sets how every layer behaves when a node falls silent. */
export interface FailoverArgs {
  /** What happens when the gateway's node falls silent. Has no default: nobody but the owner of the data can decide it. */
  onNodeFailure: OnNodeFailure;
  /**
   * With `AssumeDead`: accepts that a node that is only cut off goes on acknowledging writes, and that Longhorn discards them when
   * the node returns.
   * @default false
   */
  acceptDataLossIfNodeIsAlive?: boolean;
  /**
   * With `AssumeDead`: seconds that the gateway stays with a node after Kubernetes found it not ready. Kubernetes itself takes 40
   * to 60 s to find that out. Shorter moves sooner, and also when only the kubelet restarts.
   * @default 30
   */
  tolerationSeconds?: number;
}
