import { AttachTries, attachmentMadeAt, noticedAt, type NewAttachment } from "./attachment";
import { nextTick } from "./back-off";
import type { ClusterTimings } from "./cluster";
import type { Random, Range } from "./random";
import type { StageTimes } from "./stages";
import { readyAt } from "./start";

/** Values of a failover decision that affect a node failure. */
export interface NodeFailurePolicy {
  /** Seconds after which a pod on a node that is not ready is evicted. */
  readonly tolerationSeconds?: number;
  readonly terminationGracePeriodSeconds: number;
  /** Whether only a single pod in the cluster can use the volume. The new pod then waits until the old one is deleted. */
  readonly singlePod: boolean;
  /** Seconds after NotReady at which the node is confirmed to be powered off and gets the out-of-service taint. */
  readonly fencedAfterSeconds?: Range;
  /** Whether the old pod is deleted as soon as the taint is set, rather than by the pod garbage collector. */
  readonly podDeletedAtOnce?: boolean;
  /** Whether the new pod is created only after the volume is detached, which avoids failed attach attempts. */
  readonly podAfterDetach?: boolean;
  readonly objects: number;
}

/** Returns one random recovery from a node failure. */
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
 * Returns the time at which the controller marks the node as NotReady. It records the check at which it saw the last renewal of
 * the lease, and acts at the first check after the grace period.
 */
function notReadyAt(timings: ClusterTimings, random: Random): number {
  const { nodeMonitorPeriod, nodeMonitorGracePeriod, leaseRenewInterval } = timings;
  const noted = -random.between([0, leaseRenewInterval]) + random.between([0, nodeMonitorPeriod]);
  return noted + Math.ceil(nodeMonitorGracePeriod / nodeMonitorPeriod) * nodeMonitorPeriod;
}

/** Models Longhorn's pod deletion policy, as `handlePodDeletionIfNodeDown` of its pod controller applies it. */
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

/** Resyncs of the remaining Longhorn managers, each every `longhornResync` seconds. */
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

  /** Returns the first resync after `at`. */
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
 * Race between the deletion of the attachment and that of the old pod, while Kubernetes still wants the volume on the failed
 * node. Once its sync has detected the missing attachment, Kubernetes may attach the volume there again. Longhorn deletes that
 * attachment at a resync, and the pod only at a resync without an attachment.
 */
class Race {
  oldPodGone: number;
  attachmentDeleted: number;
  /** Creation and removal of the attachment to the failed node, if any. */
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

  /** Simulates attach attempts until one is for the new node. */
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

  /**
   * Reports whether an attempt is for the failed node. With a volume for a single pod, the new pod has no node until the old
   * one is deleted; otherwise both are equally likely.
   */
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

  /** Returns the first resync after the grace period at which no attachment exists. */
  private podDeletedAfter(attachmentGone: number): number {
    return this.managers.after(Math.max(attachmentGone, this.evicted + this.policy.terminationGracePeriodSeconds));
  }
}

/** Models the out-of-service taint: the old pod is deleted first, and Kubernetes does not wait for the node. */
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

/** Seconds from a detached volume to a scheduled pod: the Deployment is scaled up, and two controllers and the scheduler act. */
const podMaking: Range = [0.2, 0.8];

/** Models the recovery after Kubernetes releases the volume at `release`: detach, attach to another node, mount, start. */
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
