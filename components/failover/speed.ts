/** How much haste a failover makes. */
export const FailoverSpeed = {
  /** A node may restart its kubelet, or be away for two minutes, without a failover. */
  Careful: "Careful",
  /** A node may be away for half a minute. */
  Balanced: "Balanced",
  /** A node may be away for seconds. */
  Fast: "Fast",
} as const;

export type FailoverSpeed = (typeof FailoverSpeed)[keyof typeof FailoverSpeed];

/** The numbers behind a speed, in seconds. */
export interface SpeedNumbers {
  /** With `AssumeDead`, from a node that is not ready to the eviction of the pod. */
  readonly tolerationSeconds: number;
  /** With `AssumeDead`, between SIGTERM and SIGKILL, which Longhorn lets pass before it deletes the pod. */
  readonly terminationGracePeriodSeconds: number;
  /** For which the liveness probe must fail before the container is restarted. */
  readonly livenessFailureSeconds: number;
}

/**
 * 120 s is what operators of OpenStack chose, since less could evict pods when a kubelet restarts (openstack-operator PR 1545).
 * radosgw needs a few seconds to stop.
 */
export const speedNumbers: Readonly<Record<FailoverSpeed, SpeedNumbers>> = {
  Careful: { tolerationSeconds: 120, terminationGracePeriodSeconds: 10, livenessFailureSeconds: 120 },
  Balanced: { tolerationSeconds: 30, terminationGracePeriodSeconds: 10, livenessFailureSeconds: 60 },
  Fast: { tolerationSeconds: 5, terminationGracePeriodSeconds: 5, livenessFailureSeconds: 30 },
};
