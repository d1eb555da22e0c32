/** The stages of a recovery, in the order in which they are usually reached. */
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

/** When each stage was reached in one run of the model, in seconds after the fault; a case has only some of them. */
export type StageTimes = Partial<Record<RecoveryStage, number>>;

/** What a stage is, and on what its time depends. */
export const stageExplanations: Readonly<Record<RecoveryStage, { meaning: string; source: string }>> = {
  nodeNotReady: {
    meaning: "node not ready",
    source: "the last renewal of the kubelet's lease, node-monitor-grace-period, a look every node-monitor-period",
  },
  evicted: { meaning: "pod marked for deletion", source: "tolerationSeconds, or the out-of-service taint" },
  attachmentDeleted: {
    meaning: "attachment to the old node deleted",
    source: "Longhorn's pod controller, or the release of the volume; CSI unpublish",
  },
  oldPodGone: {
    meaning: "old pod gone",
    source: "grace period and Longhorn's resync, or the pod garbage collector, or who fences",
  },
  attachmentCreated: {
    meaning: "attachment to another node made",
    source: "attach-detach controller: its sync period, and its back-off after attaching to the dead node again",
  },
  attached: { meaning: "volume attached", source: "Longhorn's detach and attach, csi-attacher's retries" },
  ready: { meaning: "new pod ready", source: "attach-detach controller's back-off, kubelet, mount, start of radosgw" },
  firstAnswer: { meaning: "first answer to a client", source: "readiness probe, EndpointSlice, kube-proxy" },
};
