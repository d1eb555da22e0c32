/** One thing seen through a watch; `at` is when this client saw it, milliseconds since the epoch. */
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

/** What the timeline is about. */
export interface FailoverSubject {
  /** When the failure was made, milliseconds since the epoch. */
  faultAt: number;
  /** The node that served. */
  node: string;
  /** UID of the gateway's pod on that node. */
  podUid: string;
  /** The PersistentVolume's name. */
  volume: string;
}

/** The stages of a failover, in the order in which they are usually reached. */
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

/** What each stage means, for reports. */
export const stageMeanings: Record<StageName, string> = {
  nodeNotReady: "node not ready",
  fenced: "somebody vouched for the dead node (out-of-service taint)",
  evicted: "pod evicted (marked for deletion)",
  attachmentDeleted: "attachment to the dead node deleted",
  oldPodGone: "old pod gone",
  attached: "volume attached to another node",
  ready: "new pod ready, or the same one again",
  routed: "Service routes to it",
  firstAnswer: "first answer to the client",
};

/** Milliseconds since the epoch for each stage that was reached. */
export type Stages = Partial<Record<StageName, number>>;

/** What is known after some observations. */
export interface Timeline {
  stages: Stages;
  /** How many times an attachment to the dead node went away: more than once means that Kubernetes attached there again. */
  attachmentDeletions: number;
  /** The node on which the volume was attached next. */
  newNode?: string;
  /** Whether the pod that served was seen not ready since: when it is ready again, it is it that has come back. */
  wasNotReady?: boolean;
  /** Whether the Service was seen to route to no pod since. */
  wasUnrouted?: boolean;
}

const emptyTimeline: Timeline = { stages: {}, attachmentDeletions: 0 };

/**
 * The timeline after one more observation. Each stage keeps the first moment at which it was seen, except the deletion of the
 * attachment, which counts only when it lasted: there the last one before the new attachment is kept.
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

/** The timeline of all `observations`, in the order in which they were made; `firstAnswerAt` comes from the S3 client. */
export function computeTimeline(
  observations: readonly Observation[],
  subject: FailoverSubject,
  firstAnswerAt?: number,
): Timeline {
  const seen = observations.reduce((timeline, next) => reduceTimeline(timeline, next, subject), emptyTimeline);
  return firstAnswerAt === undefined ? seen : reached(seen, "firstAnswer", firstAnswerAt);
}

/** Seconds from the fault to each stage that was reached, in the stages' order. */
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
