/**
 * Which of Kubernetes' timing constants the sandbox runs with: `fast` shortens them so that a test takes seconds,
 * `production` leaves Kubernetes' own defaults. Recovery times under `fast` are never recovery times of a real cluster.
 */
export type SandboxProfile = "fast" | "production";

/** Timing constants of a sandbox. */
export interface Timings {
  /** kube-controller-manager `--node-monitor-period`, seconds. */
  nodeMonitorPeriodSeconds: number;
  /** kube-controller-manager `--node-monitor-grace-period`, seconds: a node silent for that long is not ready. */
  nodeMonitorGracePeriodSeconds: number;
  /** kube-controller-manager `--attach-detach-reconcile-sync-period`, seconds. */
  attachDetachSyncPeriodSeconds: number;
  /** kubelet `nodeLeaseDurationSeconds`; renewed at a quarter of it. */
  nodeLeaseDurationSeconds: number;
  /** Range, as Go durations, that the volume double draws each attach from. */
  attachDelay: string;
  /** The same for each detach. */
  detachDelay: string;
}

/** production: Kubernetes 1.36's defaults, and attach and detach as published measurements have them for Longhorn. */
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
