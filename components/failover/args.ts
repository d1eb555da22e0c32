import type { FencingReference } from "../fencing";
import type { FailoverSpeed } from "./speed";

/** What becomes of a store when the node of its gateway falls silent. */
export const OnNodeFailure = {
  /** Nothing moves until the node returns or an operator acts, who then vouches that it is dead. */
  Wait: "Wait",
  /**
   * Longhorn deletes the pod and its attachment, and another node takes over. Nobody vouches that the silent node is dead: if it
   * is alive, what it went on writing is lost.
   */
  AssumeDead: "AssumeDead",
  /** Nothing moves until a remediator has proven that the node is off; then another node takes over at once. */
  Fence: "Fence",
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
   * How much haste there is: the numbers behind are in `docs/failover.md`, and each can be set by its own input.
   * @default "Balanced"
   */
  speed?: FailoverSpeed;
  /**
   * With `AssumeDead`: seconds that the gateway stays with a node after Kubernetes found it not ready. Kubernetes itself takes 40
   * to 60 s to find that out. Shorter moves sooner, and also when only the kubelet restarts.
   * @default that of `speed`: 120, 30 or 5
   */
  tolerationSeconds?: number;
  /**
   * Seconds that radosgw has to stop before it is killed. With `AssumeDead` Longhorn lets them pass for a dead node as well.
   * @default that of `speed`: 10 or 5 with `AssumeDead`; else 30
   */
  terminationGracePeriodSeconds?: number;
  /**
   * Seconds for which the liveness probe must fail before the container is restarted: it connects to radosgw's port. A shorter time
   * ends a hang sooner, but may also restart a gateway under heavy load.
   * @default that of `speed`: 120, 60 or 30
   */
  livenessFailureSeconds?: number;
  /** With `Fence`: who proves that a node is off; the property `reference` of a `NodeFencing`, or described by hand. */
  fencing?: FencingReference;
}
