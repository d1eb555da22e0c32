import { AttachTries, attachmentMadeAt, noticedAt, type NewAttachment } from "./attachment";
import { nextTick } from "./back-off";
import type { ClusterTimings } from "./cluster";
import type { Random, Range } from "./random";
import type { StageTimes } from "./stages";
import { readyAt } from "./start";

/** What a failover decision means for the death of a node. */
export interface NodeFailurePolicy {
  /** Seconds after which a pod on a node that is not ready is evicted. */
  readonly tolerationSeconds?: number;
  readonly terminationGracePeriodSeconds: number;
  /** Whether the volume is for one pod in the whole cluster: then the new pod waits for the end of the old one. */
  readonly singlePod: boolean;
  /** Seconds after NotReady at which the node is confirmed to be off and gets the out-of-service taint. */
  readonly fencedAfterSeconds?: Range;
  /** Whether who sets the taint also deletes the old pod at once, instead of leaving it to the pod garbage collector. */
  readonly podDeletedAtOnce?: boolean;
  /** Whether the new pod is made only when the volume is detached, so that nobody tries to attach it in vain before. */
  readonly podAfterDetach?: boolean;
  readonly objects: number;
}

/** One recovery from a dead node, at random phases of all timers. */
export function nodeFailure(policy: NodeFailurePolicy, timings: ClusterTimings, random: Random): StageTimes {
  const nodeNotReady = notReadyAt(timings, random);
  const fenced = policy.fencedAfterSeconds;
  if (fenced !== undefined) {
    return afterFencing(policy, timings, random, nodeNotReady, nodeNotReady + random.between(fenced));
  }
  const evicted = nodeNotReady + (policy.tolerationSeconds ?? 0) + random.between(timings.eviction);
  return assumedDead(policy, timings, random, nodeNotReady, evicted);
}

/**
 * The controller notes at which of its looks it saw a new renewal, and gives up the node at the first look that is a grace period
 * later.
 */
function notReadyAt(timings: ClusterTimings, random: Random): number {
  const { nodeMonitorPeriod, nodeMonitorGracePeriod, leaseRenewInterval } = timings;
  const noted = -random.between([0, leaseRenewInterval]) + random.between([0, nodeMonitorPeriod]);
  return noted + Math.ceil(nodeMonitorGracePeriod / nodeMonitorPeriod) * nodeMonitorPeriod;
}

/** Longhorn's pod deletion policy, as `handlePodDeletionIfNodeDown` of its pod controller carries it out. */
function assumedDead(
  policy: NodeFailurePolicy,
  timings: ClusterTimings,
  random: Random,
  nodeNotReady: number,
  evicted: number,
): StageTimes {
  const managers = new Resyncs(evicted, timings, random);
  const detachedAt = evicted + random.between(timings.detach);
  const attachmentDeleted = evicted + random.between(timings.unpublish);
  const synced = nextTick(
    attachmentDeleted,
    random.between([0, timings.attachDetachSyncPeriod]),
    timings.attachDetachSyncPeriod,
  );
  const race = new Race(policy, timings, random, evicted, attachmentDeleted, managers);
  const tries = new AttachTries(synced);
  const { made, at } = race.run(tries, detachedAt);
  const noticed = noticedAt(tries, made, random);
  const bound = policy.singlePod ? race.oldPodGone : evicted;
  return ends(
    {
      nodeNotReady,
      evicted,
      attachmentDeleted: race.attachmentDeleted,
      oldPodGone: race.oldPodGone,
      attachmentCreated: at,
    },
    made,
    readyAt(noticed, bound, policy.objects, timings, random),
    timings,
    random,
  );
}

/** The looks of the Longhorn managers that are left at a pod, each every `longhornResync` seconds. */
class Resyncs {
  private readonly phases: number[];

  constructor(
    begin: number,
    private readonly timings: ClusterTimings,
    random: Random,
  ) {
    const { longhornManagers, longhornResync } = timings;
    this.phases = Array.from({ length: longhornManagers }, () => begin + random.between([0, longhornResync]));
  }

  /** The first look after `at`. */
  after(at: number): number {
    const { longhornResync } = this.timings;
    const next = (phase: number): number => {
      const tick = nextTick(at, phase, longhornResync);
      return tick > at ? tick : tick + longhornResync;
    };
    return Math.min(...this.phases.map(next));
  }
}

/**
 * Between the deletion of the attachment and the end of the old pod, Kubernetes still wants the volume on the dead node. Once its
 * sync has noticed that the attachment is gone, it may attach there again: Longhorn deletes that attachment at a resync, and the pod
 * only at one that finds none.
 */
class Race {
  oldPodGone: number;
  attachmentDeleted: number;
  /** When the attachment to the dead node, if there is one, was made and is gone. */
  private dead: { made: number; gone: number } | undefined;

  constructor(
    private readonly policy: NodeFailurePolicy,
    private readonly timings: ClusterTimings,
    private readonly random: Random,
    private readonly evicted: number,
    attachmentDeleted: number,
    private readonly managers: Resyncs,
  ) {
    this.attachmentDeleted = attachmentDeleted;
    this.oldPodGone = this.podDeletedAfter(attachmentDeleted);
  }

  /** Goes from try to try until one is for the new node. */
  run(tries: AttachTries, detachedAt: number): { made: NewAttachment; at: number } {
    for (;;) {
      const at = tries.time;
      if (!this.isForDeadNode(at)) return { made: attachmentMadeAt(at, detachedAt, this.timings, this.random), at };
      this.attachToDeadNode(at);
      const goneWhileWaiting = this.dead !== undefined && this.dead.gone > at && this.dead.gone <= at + 0.5;
      if (goneWhileWaiting) tries.hang();
      else tries.fail();
    }
  }

  /** With a volume for one pod, the new one has no node as long as the old one is there; else either is as likely. */
  private isForDeadNode(at: number): boolean {
    if (at >= this.oldPodGone) return false;
    return this.policy.singlePod || this.random.next() < 0.5;
  }

  private attachToDeadNode(at: number): void {
    if (this.dead !== undefined && at < this.dead.gone) return;
    const deletion = this.managers.after(at);
    const gone = deletion + this.random.between(this.timings.unpublish);
    this.dead = { made: at, gone };
    this.attachmentDeleted = gone;
    this.oldPodGone = this.podDeletedAfter(gone);
  }

  /** The first look at which the grace period is over and no attachment is there. */
  private podDeletedAfter(attachmentGone: number): number {
    return this.managers.after(Math.max(attachmentGone, this.evicted + this.policy.terminationGracePeriodSeconds));
  }
}

/** The out-of-service taint: the old pod goes first, and with it everything that Kubernetes waits for. */
function afterFencing(
  policy: NodeFailurePolicy,
  timings: ClusterTimings,
  random: Random,
  nodeNotReady: number,
  tainted: number,
): StageTimes {
  const evicted = tainted + random.between(timings.eviction);
  const oldPodGone = policy.podDeletedAtOnce
    ? evicted + 0.1
    : evicted + random.between([0, timings.podGarbageCollection]);
  return released({ nodeNotReady, evicted, oldPodGone }, oldPodGone, policy, timings, random);
}

/** From a detached volume to a pod with a node: somebody sees it and scales the Deployment, and two controllers and the scheduler act. */
const podMaking: Range = [0.2, 0.8];

/** What follows when Kubernetes lets go of the volume at `release`: detached, attached elsewhere, mounted, started. */
export function released(
  before: StageTimes,
  release: number,
  { objects, podAfterDetach = false }: Pick<NodeFailurePolicy, "objects" | "podAfterDetach">,
  timings: ClusterTimings,
  random: Random,
): StageTimes {
  const attachmentDeleted = release + random.between(timings.unpublish);
  const taken = random.between([0.1, 0.3]);
  const detachedAt = release + random.between(timings.detach);
  const podMade = podAfterDetach ? Math.max(attachmentDeleted, detachedAt) + random.between(podMaking) : release;
  const attachmentCreated = Math.max(attachmentDeleted, podMade) + taken;
  const made = attachmentMadeAt(attachmentCreated, detachedAt, timings, random);
  const noticed = noticedAt(new AttachTries(attachmentCreated), made, random);
  const ready = readyAt(noticed, podMade, objects, timings, random);
  return ends({ ...before, attachmentDeleted, attachmentCreated }, made, ready, timings, random);
}

function ends(
  before: StageTimes,
  { attachedAt }: NewAttachment,
  started: number,
  { readinessProbe, routing }: ClusterTimings,
  random: Random,
): StageTimes {
  const ready = started + random.between(readinessProbe);
  return { ...before, attached: attachedAt, ready, firstAnswer: ready + random.between(routing) };
}
