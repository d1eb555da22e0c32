import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1Api } from "@kubernetes/client-node";
import { s3Port } from "../../components/gateway/radosgw";
import { ToolError } from "../errors";
import { fenceNode } from "../features/fence/fence";
import { isReady } from "../cluster/kubernetes";
import { silent } from "../terminal/progress";
import type { Attempt } from "../s3/attempt";
import { startLoad, type Load } from "../s3/load";
import type { Ledger } from "../s3/ledger";
import { computeTimeline, type FailoverSubject } from "../cluster/failover-watch/stages";
import type { FailoverWatch } from "../cluster/failover-watch/watches";
import { DrillCase } from "./cases";
import type { Fault, FaultSubject } from "./faults/fault";
import type { Journal } from "./journal";
import { objectBytes, type DrillLoad } from "./load";
import { liveLines, liveText, type LiveView } from "./live-text";
import { isOver } from "./outage";
import type { DrillTarget } from "./target";
import { isBucket, type UndoTools } from "./undo";
import { undoOf } from "./faults/choose";

/** Options of an injected failure. */
export interface CourseOptions {
  case: DrillCase;
  target: DrillTarget;
  fault: Fault;
  subject: FaultSubject;
  journal: Journal;
  undoTools: UndoTools;
  load: DrillLoad;
  watch: FailoverWatch;
  ledger: Ledger;
  bucket: string;
  keyPrefix: string;
  /** Whether the store leaves an unreachable node automatically. */
  movesByItself: boolean;
  /** Number of times that a crash loop kills the process. */
  kills: number;
  /** Seconds for which a node stays unavailable if there is no failover. */
  awaySeconds: number;
  /** Time limit of the drill, in seconds. */
  limitSeconds: number;
  say: (detail: string) => void;
  /** Shows the lines below the progress, updated continuously. */
  show: (lines: () => readonly string[]) => void;
  signal: AbortSignal;
}

/** Course of a failure. Times are milliseconds since the epoch. */
export interface Course {
  /** Time from which the recovery is measured. */
  faultAt: number;
  /** With a partition: requests to the isolated gateway, and the time of the isolation. */
  isolated?: { direct: readonly Attempt[]; cutOff: readonly [begun: number, done: number] };
}

/** Part of the keys written by the client on the isolated gateway's side. */
export const directKey = "isolated-";

const pollMs = 200;

/** Injects the failure and waits until it is over or the time limit is reached. Its changes are in the journal. */
export async function takeCourse(options: CourseOptions): Promise<Course> {
  await options.journal.expect(...undoOf(options.case, options.fault, options.subject));
  switch (options.case) {
    case DrillCase.CrashLoop:
      return crashLoop(options);
    case DrillCase.Fence:
      return fenced(options);
    case DrillCase.Partition:
      return partition(options);
    case DrillCase.NodeReturn:
      return nodeReturn(options);
    case DrillCase.PodFailure:
    case DrillCase.Eviction:
      return simple(options);
    case DrillCase.SwitchOver:
    case DrillCase.NodeFailure:
      return moved(options);
  }
}

async function simple(options: CourseOptions): Promise<Course> {
  const faultAt = (await options.fault.make(options.subject)).getTime();
  await over(options, faultAt);
  return { faultAt };
}

/** Measures the recovery from the last kill, after which the kubelet's back-off is longest. */
async function crashLoop(options: CourseOptions): Promise<Course> {
  for (let kill = 1; kill < options.kills; kill++) {
    const at = (await options.fault.make(options.subject)).getTime();
    options.say(`killed ${kill} of ${options.kills} times`);
    await over(options, at);
  }
  return simple(options);
}

async function moved(options: CourseOptions): Promise<Course> {
  const { fault, subject } = options;
  const faultAt = (await fault.make(subject)).getTime();
  await Promise.all([takenOver(options, faultAt), fault.carryOn?.(subject)]);
  await over(options, faultAt);
  return { faultAt };
}

async function fenced(options: CourseOptions): Promise<Course> {
  const { fault, subject, signal, target, limitSeconds: waitSeconds } = options;
  const { node } = subject.serving;
  const faultAt = (await fault.make(subject)).getTime();
  await silentSince(options, faultAt);
  const vouch = (): Promise<boolean> => Promise.resolve(true);
  await Promise.all([
    fenceNode(target.config, { node, silentForSeconds: 0, waitSeconds, vouch, progress: silent, signal }),
    takenOver(options, faultAt),
  ]);
  await over(options, faultAt);
  return { faultAt };
}

/**
 * Returns the time at which the node became NotReady.
 *
 * @throws ToolError if the node is still ready after the time that Kubernetes needs to detect a failure
 */
async function silentSince(options: CourseOptions, faultAt: number): Promise<void> {
  const { target, subject, limitSeconds, signal } = options;
  const core = target.config.makeApiClient(CoreV1Api);
  const { node } = subject.serving;
  while (isReady(await core.readNode({ name: node }))) {
    const seconds = Math.round((Date.now() - faultAt) / 1000);
    if (seconds > limitSeconds) {
      throw new ToolError(`Node ${node} is still ready ${seconds} s after the fault: the failure was not injected.`);
    }
    tell(options, faultAt, () => `${seconds} s; ${node} is still Ready`);
    await sleep(pollMs, undefined, { signal });
  }
}

/** Runs a client on the gateway's side that continues to write to it, besides the clients of the Service. */
async function partition(options: CourseOptions): Promise<Course> {
  const { fault, subject } = options;
  const direct = await startDirectLoad(options);
  try {
    const begun = (await fault.make(subject)).getTime();
    const done = Date.now();
    if (options.movesByItself) {
      await takenOver(options, begun);
      await over(options, begun);
      await putBackNode(options);
    } else {
      await away(options, begun);
      await putBackNode(options);
      await over(options, begun);
    }
    // Without a client on its side of the partition, its acknowledged writes are unknown.
    return { faultAt: begun, ...(direct && { isolated: { direct: await direct.stop(), cutOff: [begun, done] } }) };
  } finally {
    await direct?.stop();
  }
}

/**
 * Measures from the return of the node. For a store that waited, it ends the outage. For one that moved, there may be no
 * outage.
 */
async function nodeReturn(options: CourseOptions): Promise<Course> {
  const { fault, subject } = options;
  const killedAt = (await fault.make(subject)).getTime();
  if (options.movesByItself) {
    await takenOver(options, killedAt);
    await over(options, killedAt);
  } else {
    await away(options, killedAt);
  }
  const faultAt = Date.now();
  await putBackNode(options);
  await over(options, faultAt);
  return { faultAt };
}

/**
 * Waits for the new gateway. Until then, the Service may still route to a node that is isolated or shutting down, and requests
 * may succeed.
 */
async function takenOver(options: CourseOptions, faultAt: number): Promise<void> {
  const { watch, limitSeconds, signal } = options;
  const subject = failoverSubject(options, faultAt);
  while (Date.now() - faultAt < limitSeconds * 1000) {
    const { stages, newNode } = computeTimeline(watch.observations, subject);
    if (newNode !== undefined && stages.ready !== undefined) return;
    tell(options, faultAt);
    await sleep(pollMs, undefined, { signal });
  }
}

async function over(options: CourseOptions, faultAt: number): Promise<void> {
  const { load, limitSeconds, signal } = options;
  for (;;) {
    const now = Date.now();
    if (isOver(load.attempts, faultAt, now) || now - faultAt > limitSeconds * 1000) return;
    tell(options, faultAt);
    await sleep(pollMs, undefined, { signal });
  }
}

function tell(options: CourseOptions, faultAt: number, textOf: (view: LiveView) => string = liveText): void {
  const view = (): LiveView => ({
    attempts: options.load.attempts,
    observations: options.watch.observations,
    subject: failoverSubject(options, faultAt),
    longhornVolume: options.subject.store.longhornVolume,
    now: Date.now(),
  });
  options.say(textOf(view()));
  options.show(() => liveLines(view()));
}

/** Returns the subject of a failure's timeline. */
export function failoverSubject({ subject }: Pick<CourseOptions, "subject">, faultAt: number): FailoverSubject {
  const { serving, store } = subject;
  return { faultAt, node: serving.node, podUid: serving.podUid, volume: store.volume };
}

/** Waits while no change is expected. Any change is recorded by the watches. */
async function away(options: CourseOptions, since: number): Promise<void> {
  const { awaySeconds, signal } = options;
  for (let left = awaySeconds; left > 0; left = awaySeconds - (Date.now() - since) / 1000) {
    const seconds = Math.round(left);
    tell(options, since, () => `the node stays unavailable for another ${seconds} s`);
    await sleep(pollMs, undefined, { signal });
  }
}

async function putBackNode({ journal, undoTools, say }: CourseOptions): Promise<void> {
  say("restoring the node");
  const [failed] = await journal.putBack(undoTools, isBucket);
  if (failed !== undefined) throw new ToolError(`not reverted: ${failed}`);
}

/** Starts a load that bypasses the Service, which only a sandbox allows. */
async function startDirectLoad({
  target,
  subject,
  bucket,
  keyPrefix,
  ledger,
}: CourseOptions): Promise<Load | undefined> {
  if (target.sandbox === undefined) return undefined;
  const { url } = await target.sandbox.exposePod(target.store.namespace, subject.serving.podName, s3Port);
  const client = target.client(bucket, "once", url);
  return startLoad({ client, ledger, keyPrefix: `${keyPrefix}${directKey}`, objectSizeBytes: objectBytes });
}

/** Replaces the pod by one that has not been restarted, because the kubelet's back-off grows with each restart. */
export async function replacePod({ target }: Pick<CourseOptions, "target">, podName: string): Promise<void> {
  const { config, store } = target;
  await config.makeApiClient(CoreV1Api).deleteNamespacedPod({ namespace: store.namespace, name: podName });
}
