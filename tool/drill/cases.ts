/** The failures that a drill makes. */
export const DrillCase = {
  /** The gateway's process or its pod ends. */
  PodFailure: "pod-failure",
  /** The gateway's process ends again and again, so that the kubelet waits longer each time. */
  CrashLoop: "crash-loop",
  /** The gateway is moved to another node, as before a maintenance. */
  SwitchOver: "switch-over",
  /** The gateway's pod is evicted, by whoever drains its node or by a kubelet whose node runs short of memory or disk space. */
  Eviction: "eviction",
  /** The gateway's node is gone without notice. */
  NodeFailure: "node-failure",
  /** The same, and somebody vouches for the dead node as soon as it is not ready. */
  Fence: "fence",
  /** The gateway's node is cut off from the control plane and goes on working. */
  Partition: "partition",
  /** A node that was gone comes back. */
  NodeReturn: "node-return",
} as const;

export type DrillCase = (typeof DrillCase)[keyof typeof DrillCase];
