/**
 * Timing constants of Kubernetes in the sandbox: `fast` shortens them so that a test takes seconds, `production` keeps
 * the defaults. Recovery times under `fast` are never those of a real cluster.
 */
export type SandboxProfile = "fast" | "production";

/** Timing constants of a sandbox. */
export interface Timings {
  /** `--node-monitor-period` of kube-controller-manager, in seconds. */
  nodeMonitorPeriodSeconds: number;
  /**
   * `--node-monitor-grace-period` of kube-controller-manager, in seconds: a node that is unreachable for that long
   * becomes NotReady.
   */
  nodeMonitorGracePeriodSeconds: number;
  /** `--attach-detach-reconcile-sync-period` of kube-controller-manager, in seconds. */
  attachDetachSyncPeriodSeconds: number;
  /** `nodeLeaseDurationSeconds` of the kubelet; the lease is renewed at a quarter of it. */
  nodeLeaseDurationSeconds: number;
  /** Range of the simulated delay of an attachment, as Go durations. */
  attachDelay: string;
  /** Range of the simulated delay of a detachment, as Go durations. */
  detachDelay: string;
}

/** `production` has the defaults of Kubernetes 1.36, and the published delays of Longhorn. */
export const timings: Readonly<Record<SandboxProfile, Timings>> = {
  fast: {
    nodeMonitorPeriodSeconds: 1,
    nodeMonitorGracePeriodSeconds: 8,
    attachDetachSyncPeriodSeconds: 2,
    nodeLeaseDurationSeconds: 4,
    attachDelay: "1s-2s",
    detachDelay: "1s-2s",
  },
  production: {
    nodeMonitorPeriodSeconds: 5,
    nodeMonitorGracePeriodSeconds: 50,
    attachDetachSyncPeriodSeconds: 60,
    nodeLeaseDurationSeconds: 40,
    attachDelay: "5s-15s",
    detachDelay: "2s-28s",
  },
};
