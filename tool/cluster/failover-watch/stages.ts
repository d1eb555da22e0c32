/** Observation of a watch; `at` is the time at this client, in milliseconds since the epoch. */
export type Observation =
  | { kind: "Node"; at: number; name: string; ready: boolean; outOfService: boolean }
  | { kind: "Pod"; at: number; uid: string; node?: string; ready: boolean; terminating: boolean; gone: boolean }
  | {
      kind: "VolumeAttachment";
      at: number;
      name: string;
      node: string;
      volume: string;
      attached: boolean;
      gone: boolean;
    }
  | { kind: "EndpointSlice"; at: number; readyPods: string[] }
  | { kind: "LonghornVolume"; at: number; name: string; state: string; robustness: string; node: string };

/** Subject of the timeline. */
export interface FailoverSubject {
  /** Time of the fault, in milliseconds since the epoch. */
  faultAt: number;
  /** Node that served before the fault. */
  node: string;
  /** UID of the gateway's pod on that node. */
  podUid: string;
  /** Name of the PersistentVolume. */
  volume: string;
}

/** Stages of a failover, in their usual order. */
export const stageNames = [
  "nodeNotReady",
  "fenced",
  "evicted",
  "attachmentDeleted",
  "oldPodGone",
  "attached",
  "ready",
  "routed",
  "firstAnswer",
] as const;

export type StageName = (typeof stageNames)[number];

/** Meaning of each stage, for reports. */
export const stageMeanings: Record<StageName, string> = {
  nodeNotReady: "node NotReady",
  fenced: "node confirmed to be powered off (out-of-service taint)",
  evicted: "pod evicted (marked for deletion)",
  attachmentDeleted: "attachment to the failed node deleted",
  oldPodGone: "old pod deleted",
  attached: "volume attached to another node",
  ready: "new pod ready, or the same pod again",
  routed: "Service routes to it",
  firstAnswer: "first successful request of the client",
};

/** Milliseconds since the epoch for each stage that was reached. */
export type Stages = Partial<Record<StageName, number>>;

/** Knowledge after some observations. */
export interface Timeline {
  stages: Stages;
  /**
   * Number of deletions of an attachment to the failed node. More than one means that Kubernetes attached the volume there
   * again.
   */
  attachmentDeletions: number;
  /** Node of the next attachment. */
  newNode?: string;
  /** Whether the serving pod has been NotReady since. If it is ready again, the same pod has returned. */
  wasNotReady?: boolean;
  /** Whether the Service has routed to no pod since. */
  wasUnrouted?: boolean;
}

const emptyTimeline: Timeline = { stages: {}, attachmentDeletions: 0 };

/**
 * Returns the timeline after another observation. Each stage keeps its first time, except for the deletion of the attachment:
 * the last one before the new attachment is kept.
 */
function reduceTimeline(timeline: Timeline, seen: Observation, subject: FailoverSubject): Timeline {
  if (seen.at < subject.faultAt) return timeline;
  switch (seen.kind) {
    case "Node":
      return seen.name === subject.node ? afterNode(timeline, seen) : timeline;
    case "Pod":
      return afterPod(timeline, seen, subject);
    case "VolumeAttachment":
      return seen.volume === subject.volume ? afterAttachment(timeline, seen, subject) : timeline;
    case "EndpointSlice":
      return afterEndpoints(timeline, seen, subject);
    case "LonghornVolume":
      return timeline;
  }
}

/** Returns the timeline of all `observations` in chronological order; `firstAnswerAt` comes from the S3 client. */
export function computeTimeline(
  observations: readonly Observation[],
  subject: FailoverSubject,
  firstAnswerAt?: number,
): Timeline {
  const seen = observations.reduce((timeline, next) => reduceTimeline(timeline, next, subject), emptyTimeline);
  return firstAnswerAt === undefined ? seen : reached(seen, "firstAnswer", firstAnswerAt);
}

/** Returns the seconds from the fault to each stage that was reached, in the order of the stages. */
export function secondsAfterFault(stages: Stages, faultAt: number): { stage: StageName; seconds: number }[] {
  return stageNames.flatMap((stage) => {
    const at = stages[stage];
    return at === undefined ? [] : [{ stage, seconds: (at - faultAt) / 1000 }];
  });
}

function afterNode(timeline: Timeline, node: Observation & { kind: "Node" }): Timeline {
  const seen = node.ready ? timeline : reached(timeline, "nodeNotReady", node.at);
  return node.outOfService ? reached(seen, "fenced", node.at) : seen;
}

function afterPod(timeline: Timeline, pod: Observation & { kind: "Pod" }, subject: FailoverSubject): Timeline {
  if (pod.uid !== subject.podUid) {
    return pod.ready && !pod.gone && !pod.terminating ? reached(timeline, "ready", pod.at) : timeline;
  }
  const evicted = pod.terminating || pod.gone ? reached(timeline, "evicted", pod.at) : timeline;
  if (pod.gone) return reached(evicted, "oldPodGone", pod.at);
  if (!pod.ready) return { ...evicted, wasNotReady: true };
  return timeline.wasNotReady === true && !pod.terminating ? reached(evicted, "ready", pod.at) : evicted;
}

function afterEndpoints(
  timeline: Timeline,
  { readyPods, at }: Observation & { kind: "EndpointSlice" },
  subject: FailoverSubject,
): Timeline {
  const isBack = timeline.wasUnrouted === true && readyPods.length > 0;
  if (isBack || readyPods.some((uid) => uid !== subject.podUid)) return reached(timeline, "routed", at);
  return readyPods.length === 0 ? { ...timeline, wasUnrouted: true } : timeline;
}

function afterAttachment(
  timeline: Timeline,
  attachment: Observation & { kind: "VolumeAttachment" },
  subject: FailoverSubject,
): Timeline {
  if (timeline.stages.attached !== undefined) return timeline;
  if (attachment.node === subject.node) {
    if (!attachment.gone) return timeline;
    return {
      ...timeline,
      stages: { ...timeline.stages, attachmentDeleted: attachment.at },
      attachmentDeletions: timeline.attachmentDeletions + 1,
    };
  }
  if (!attachment.attached || attachment.gone) return timeline;
  return { ...reached(timeline, "attached", attachment.at), newNode: attachment.node };
}

function reached(timeline: Timeline, stage: StageName, at: number): Timeline {
  if (timeline.stages[stage] !== undefined) return timeline;
  return { ...timeline, stages: { ...timeline.stages, [stage]: at } };
}
