import type { FencingReference } from "../fencing";
import type { FailoverSpeed } from "./speed";

/** Behavior of a store when the node of its gateway becomes unreachable. */
export const OnNodeFailure = {
  /** The gateway stays on its node until the node returns, or until an operator confirms that it is powered off. */
  Wait: "Wait",
  /**
   * Longhorn deletes the pod and its attachment, and another node takes over. Nothing confirms that the unreachable node is
   * powered off: if it is still running, the writes that it acknowledges are lost.
   */
  AssumeDead: "AssumeDead",
  /**
   * The gateway stays on its node until a remediator confirms that the node is powered off. Another node then takes over
   * immediately.
   */
  Fence: "Fence",
} as const;

export type OnNodeFailure = (typeof OnNodeFailure)[keyof typeof OnNodeFailure];

/** Failover decision: a single input that sets the behavior of all layers when a node becomes unreachable. */
export interface FailoverArgs {
  /**
   * Behavior when the gateway's node becomes unreachable. There is no default: only the owner of the data can make this
   * decision.
   */
  onNodeFailure: OnNodeFailure;
  /**
   * With `AssumeDead`: accepts that an isolated node continues to acknowledge writes, and that Longhorn discards them when the
   * node returns. Must be true with `AssumeDead`.
   * @default false
   */
  acceptDataLossIfNodeIsAlive?: boolean;
  /**
   * Preset for the timeouts below. `docs/failover.md` lists the values of each preset.
   * @default "Balanced"
   */
  speed?: FailoverSpeed;
  /**
   * With `AssumeDead`: seconds that the pod stays bound to a node after the node becomes NotReady. Kubernetes needs 40 to 60 s
   * to detect that. A lower value fails over sooner, but also when only the kubelet restarts.
   * @default that of `speed`: 120, 30 or 5
   * @example 30
   */
  tolerationSeconds?: number;
  /**
   * Seconds between SIGTERM and SIGKILL when the pod is stopped. With `AssumeDead`, Longhorn waits for this period on a failed
   * node too.
   * @default that of `speed` with `AssumeDead`: 10, 10 or 5; otherwise 30
   * @example 10
   */
  terminationGracePeriodSeconds?: number;
  /**
   * Seconds for which the liveness probe must fail before the container is restarted. The probe connects to radosgw's port. A
   * lower value ends a hang sooner, but may restart a gateway under heavy load.
   * @default that of `speed`: 120, 60 or 30
   * @example 60
   */
  livenessFailureSeconds?: number;
  /**
   * With `Fence`: the remediator that powers nodes off, either described here or taken from the property `reference` of a
   * `NodeFencing`.
   */
  fencing?: FencingReference;
}
