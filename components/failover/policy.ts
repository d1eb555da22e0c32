import { AccessMode } from "../gateway/access-mode";
import { isAtLeast } from "../longhorn/version";
import { OnNodeFailure, type FailoverArgs } from "./args";

/** What a failover decision means for the layers below: the pod, and the volume. */
export interface FailoverPolicy {
  /** Seconds that the pod stays bound to a node that is not ready; without it, for ever. */
  readonly evictAfterSeconds?: number;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly terminationGracePeriodSeconds: number;
  readonly accessMode: AccessMode;
}

/** The values of every layer for one decision, which `failoverViolations` has found nothing wrong with. */
export function failoverPolicy(failover: FailoverArgs, longhornVersion: string): FailoverPolicy {
  const accessMode = accessModeFor(longhornVersion);
  switch (failover.onNodeFailure) {
    case OnNodeFailure.Wait:
      // Without a limit Kubernetes never marks the pod as terminating, so no pod deletion policy, whoever set it, acts on it.
      return { terminationGracePeriodSeconds: 30, accessMode };
    case OnNodeFailure.AssumeDead:
      // Longhorn deletes the pod only after its grace period, and until then Kubernetes may attach the volume to the dead node
      // again. radosgw needs a few seconds to stop.
      return { evictAfterSeconds: failover.tolerationSeconds ?? 30, terminationGracePeriodSeconds: 10, accessMode };
  }
}

/** Longhorn offers volumes for a single pod from 1.11.0 on. Only these keep a second pod off the volume on the same node. */
export function accessModeFor(longhornVersion: string): AccessMode {
  return isAtLeast(longhornVersion, "1.11.0") ? AccessMode.ReadWriteOncePod : AccessMode.ReadWriteOnce;
}
