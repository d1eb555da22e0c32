import type { FencingReference } from "../fencing";
import type { FailoverSpeed } from "./speed";

/** Behavior of a store when the node of its gateway becomes unreachable. */
export const OnNodeFailure = {
  /** Nothing moves until the node returns, or an operator confirms that it is powered off. */
  Wait: "Wait",
  /**
   * Longhorn deletes the pod and its attachment, and another node takes over. There is no evidence that the unreachable node is
   * powered off: if it is alive, writes that it acknowledges afterwards are lost.
   */
  AssumeDead: "AssumeDead",
  /** Nothing moves until a remediator has proven that the node is off; then another node takes over at once. */
  Fence: "Fence",
} as const;

export type OnNodeFailure = (typeof OnNodeFailure)[keyof typeof OnNodeFailure];

/** Failover decision: one input that sets the behavior of every layer when a node becomes unreachable. */
export interface FailoverArgs {
  /** Behavior when the gateway's node becomes unreachable. Has no default: only the owner of the data can decide it. */
  onNodeFailure: OnNodeFailure;
  /**
   * With `AssumeDead`: accepts that a node that is only cut off goes on acknowledging writes, and that Longhorn discards them when
   * the node returns.
   * @default false
   */
  acceptDataLossIfNodeIsAlive?: boolean;
  /**
   * Preset for the timeouts below. `docs/failover.md` lists the values of each preset.
   * @default "Balanced"
   */
  speed?: FailoverSpeed;
  /**
   * With `AssumeDead`: seconds that the gateway stays with a node after Kubernetes found it not ready. Kubernetes itself takes 40
   * to 60 s to find that out. Shorter moves sooner, and also when only the kubelet restarts.
   * @default that of `speed`: 120, 30 or 5
   * @example 30
   */
  tolerationSeconds?: number;
  /**
   * Seconds that radosgw has to stop before it is killed. With `AssumeDead` Longhorn lets them pass for a dead node as well.
   * @default that of `speed`: 10 or 5 with `AssumeDead`; else 30
   * @example 10
   */
  terminationGracePeriodSeconds?: number;
  /**
   * Seconds for which the liveness probe must fail before the container is restarted: it connects to radosgw's port. A shorter time
   * ends a hang sooner, but may also restart a gateway under heavy load.
   * @default that of `speed`: 120, 60 or 30
   * @example 60
   */
  livenessFailureSeconds?: number;
  /** With `Fence`: the remediator that powers nodes off; the property `reference` of a `NodeFencing`, or its description. */
  fencing?: FencingReference;
}
