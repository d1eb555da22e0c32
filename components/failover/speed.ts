/** Preset for the timeouts of a failover. */
export const FailoverSpeed = {
  /** Tolerates a restart of the kubelet, and a node that is unreachable for up to two minutes. */
  Careful: "Careful",
  /** Tolerates a node that is unreachable for up to 30 seconds. */
  Balanced: "Balanced",
  /** Tolerates a node that is unreachable for up to 5 seconds. */
  Fast: "Fast",
} as const;

export type FailoverSpeed = (typeof FailoverSpeed)[keyof typeof FailoverSpeed];

/** Timeouts of a preset, in seconds. */
export interface SpeedNumbers {
  /** With `AssumeDead`: seconds from a node that is not ready to the eviction of its pod. */
  readonly tolerationSeconds: number;
  /** With `AssumeDead`: seconds between SIGTERM and SIGKILL. Longhorn waits for this period before it deletes the pod. */
  readonly terminationGracePeriodSeconds: number;
  /** Seconds for which the liveness probe must fail before the container is restarted. */
  readonly livenessFailureSeconds: number;
}

/**
 * Timeouts of each preset. 120 s is the value that OpenStack's operators chose, because a shorter one could evict pods when a
 * kubelet restarts (openstack-operator PR 1545). radosgw needs a few seconds to stop.
 */
export const speedNumbers: Readonly<Record<FailoverSpeed, SpeedNumbers>> = {
  Careful: { tolerationSeconds: 120, terminationGracePeriodSeconds: 10, livenessFailureSeconds: 120 },
  Balanced: { tolerationSeconds: 30, terminationGracePeriodSeconds: 10, livenessFailureSeconds: 60 },
  Fast: { tolerationSeconds: 5, terminationGracePeriodSeconds: 5, livenessFailureSeconds: 30 },
};
