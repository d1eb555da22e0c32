/** Stages of a recovery, in their usual order. */
export const recoveryStages = [
  "nodeNotReady",
  "evicted",
  "attachmentDeleted",
  "oldPodGone",
  "attachmentCreated",
  "attached",
  "ready",
  "firstAnswer",
] as const;

export type RecoveryStage = (typeof recoveryStages)[number];

/** Seconds from the failure to each stage in one simulated recovery. A case has only some of the stages. */
export type StageTimes = Partial<Record<RecoveryStage, number>>;

/** Meaning of each stage, and the timers that it depends on. */
export const stageExplanations: Readonly<Record<RecoveryStage, { meaning: string; source: string }>> = {
  nodeNotReady: {
    meaning: "node not ready",
    source: "last renewal of the kubelet's lease, node-monitor-grace-period, node-monitor-period",
  },
  evicted: { meaning: "pod marked for deletion", source: "tolerationSeconds, or the out-of-service taint" },
  attachmentDeleted: {
    meaning: "attachment to the old node deleted",
    source: "Longhorn's pod controller, or the release of the volume; CSI unpublish",
  },
  oldPodGone: {
    meaning: "old pod deleted",
    source: "grace period and Longhorn's resync, the pod garbage collector, or fencing",
  },
  attachmentCreated: {
    meaning: "attachment to another node created",
    source: "attach-detach controller: sync period, and back-off after attaching to the failed node again",
  },
  attached: { meaning: "volume attached", source: "Longhorn's detach and attach, csi-attacher's retries" },
  ready: { meaning: "new pod ready", source: "attach-detach controller's back-off, kubelet, mount, start of radosgw" },
  firstAnswer: { meaning: "first successful request", source: "readiness probe, EndpointSlice, kube-proxy" },
};
