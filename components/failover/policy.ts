import { AccessMode } from "../access-mode";
import { PodDeletionPolicy } from "../longhorn/pod-deletion-policy";
import { isAtLeast } from "../longhorn/version";
import type { TolerationArgs } from "../tolerations";
import { OnNodeFailure, type FailoverArgs } from "./args";
import { fencingTime, type FencingTime } from "./fencing-time";
import { fencingTolerations } from "./pod";
import { FailoverSpeed, speedNumbers } from "./speed";

/** Values of a failover decision for each layer: the pod, the volume, Longhorn and fencing. */
export interface FailoverPolicy extends Partial<FencingTime> {
  readonly onNodeFailure: OnNodeFailure;
  /** Seconds that the pod stays bound to a node that is not ready; undefined without limit. */
  readonly tolerationSeconds?: number;
  /** Tolerations other than those of a node that is not ready. */
  readonly tolerations: readonly TolerationArgs[];
  /** Seconds between SIGTERM and SIGKILL. */
  readonly terminationGracePeriodSeconds: number;
  readonly accessMode: AccessMode;
  /** Seconds for which the liveness probe must fail before the container is restarted. */
  readonly livenessFailureSeconds: number;
  /** Narrowest pod deletion policy of Longhorn that the decision requires. */
  readonly podDeletionPolicy: PodDeletionPolicy;
}

/**
 * Returns the values of every layer for a decision that `failoverViolations` accepts.
 *
 * @param nodes number of nodes in the cluster, which affects the time of fencing
 */
export function failoverPolicy(failover: FailoverArgs, longhornVersion: string, nodes?: number): FailoverPolicy {
  const { onNodeFailure, speed = FailoverSpeed.Balanced, terminationGracePeriodSeconds: grace } = failover;
  const numbers = speedNumbers[speed];
  const common = {
    onNodeFailure,
    accessMode: accessModeFor(longhornVersion),
    livenessFailureSeconds: failover.livenessFailureSeconds ?? numbers.livenessFailureSeconds,
    podDeletionPolicy: policyFor(failover),
    tolerations: fencingTolerations(onNodeFailure),
  };
  switch (onNodeFailure) {
    case OnNodeFailure.Wait:
      // Without a limit Kubernetes never marks the pod as terminating, so no pod deletion policy acts on it.
      return { ...common, terminationGracePeriodSeconds: grace ?? 30 };
    case OnNodeFailure.AssumeDead:
      // Longhorn deletes the pod only after its grace period. Until then Kubernetes may attach the volume to the failed node again.
      // radosgw needs a few seconds to stop.
      return {
        ...common,
        tolerationSeconds: failover.tolerationSeconds ?? numbers.tolerationSeconds,
        terminationGracePeriodSeconds: grace ?? numbers.terminationGracePeriodSeconds,
      };
    case OnNodeFailure.Fence:
      // As with Wait: only the out-of-service taint, which the pod does not tolerate, evicts it.
      return {
        ...common,
        terminationGracePeriodSeconds: grace ?? 30,
        ...(failover.fencing && fencingTime(failover.fencing, nodes)),
      };
  }
}

/** Returns the narrowest pod deletion policy that a decision requires. */
export function policyFor(failover: FailoverArgs | undefined): PodDeletionPolicy {
  const acts = failover?.onNodeFailure === OnNodeFailure.AssumeDead;
  return acts ? PodDeletionPolicy.DeleteDeploymentPod : PodDeletionPolicy.DoNothing;
}

/**
 * Returns the access mode for a version of Longhorn. `ReadWriteOncePod` requires Longhorn 1.11.0; only this mode prevents a
 * second pod on the same node from using the volume.
 */
export function accessModeFor(longhornVersion: string): AccessMode {
  return isAtLeast(longhornVersion, "1.11.0") ? AccessMode.ReadWriteOncePod : AccessMode.ReadWriteOnce;
}
