/** Failures that a drill injects. */
export const DrillCase = {
  /** The gateway's process or pod ends. */
  PodFailure: "pod-failure",
  /** The gateway's process ends repeatedly, so that the kubelet's back-off grows. */
  CrashLoop: "crash-loop",
  /** The gateway is moved to another node, as for maintenance. */
  SwitchOver: "switch-over",
  /** The gateway's pod is evicted through the Eviction API, or by a kubelet that is short of memory or disk space. */
  Eviction: "eviction",
  /** The gateway's node fails without notice. */
  NodeFailure: "node-failure",
  /** The gateway's node fails, and an operator confirms it as soon as the node is NotReady. */
  Fence: "fence",
  /** The gateway's node is isolated from the control plane and continues to run. */
  Partition: "partition",
  /** A failed node returns. */
  NodeReturn: "node-return",
} as const;

export type DrillCase = (typeof DrillCase)[keyof typeof DrillCase];
