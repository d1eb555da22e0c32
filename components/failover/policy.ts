import { AccessMode } from "../access-mode";
import { PodDeletionPolicy } from "../longhorn/pod-deletion-policy";
import { isAtLeast } from "../longhorn/version";
import type { TolerationArgs } from "../tolerations";
import { OnNodeFailure, type FailoverArgs } from "./args";
import { fencingTime, type FencingTime } from "./fencing-time";
import { fencingTolerations } from "./pod";
import { FailoverSpeed, speedNumbers } from "./speed";

/** What a failover decision means for the layers below: the pod, the volume, Longhorn, and who vouches for a dead node. */
export interface FailoverPolicy extends Partial<FencingTime> {
  readonly onNodeFailure: OnNodeFailure;
  /** Seconds that the pod stays bound to a node that is not ready; undefined without limit. */
  readonly tolerationSeconds?: number;
  /** Tolerations beside those of a node that is not ready. */
  readonly tolerations: readonly TolerationArgs[];
  /** Seconds between SIGTERM and SIGKILL. */
  readonly terminationGracePeriodSeconds: number;
  readonly accessMode: AccessMode;
  /** Seconds for which the liveness probe must fail before the container is restarted. */
  readonly livenessFailureSeconds: number;
  /** The smallest pod deletion policy of Longhorn that it can do with. */
  readonly podDeletionPolicy: PodDeletionPolicy;
}

/**
 * Returns the values of every layer for a decision that `failoverViolations` accepts.
 *
 * @param nodes nodes of the cluster, on which the time of a fencing depends
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
      // Without a limit Kubernetes never marks the pod as terminating, so no pod deletion policy, whoever set it, acts on it.
      return { ...common, terminationGracePeriodSeconds: grace ?? 30 };
    case OnNodeFailure.AssumeDead:
      // Longhorn deletes the pod only after its grace period, and until then Kubernetes may attach the volume to the dead node
      // again. radosgw needs a few seconds to stop.
      return {
        ...common,
        tolerationSeconds: failover.tolerationSeconds ?? numbers.tolerationSeconds,
        terminationGracePeriodSeconds: grace ?? numbers.terminationGracePeriodSeconds,
      };
    case OnNodeFailure.Fence:
      // As with Wait, so that nothing moves before the node is off: the pod does not tolerate the out-of-service taint.
      return {
        ...common,
        terminationGracePeriodSeconds: grace ?? 30,
        ...(failover.fencing && fencingTime(failover.fencing, nodes)),
      };
  }
}

/** The smallest pod deletion policy that a decision can do with. */
export function policyFor(failover: FailoverArgs | undefined): PodDeletionPolicy {
  const acts = failover?.onNodeFailure === OnNodeFailure.AssumeDead;
  return acts ? PodDeletionPolicy.DeleteDeploymentPod : PodDeletionPolicy.DoNothing;
}

/** Longhorn offers volumes for a single pod from 1.11.0 on. Only these keep a second pod off the volume on the same node. */
export function accessModeFor(longhornVersion: string): AccessMode {
  return isAtLeast(longhornVersion, "1.11.0") ? AccessMode.ReadWriteOncePod : AccessMode.ReadWriteOnce;
}
