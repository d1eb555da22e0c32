import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Prediction } from "../../components/recovery-model";
import type { SandboxAlarm } from "../../sandbox";
import { ToolError } from "../errors";
import { openLedger, readLedger, type AcknowledgedWrite } from "../s3/ledger";
import { verifyLoad } from "../s3/verification";
import { computeTimeline, secondsAfterFault, stageMeanings, type Timeline } from "../cluster/failover-watch/stages";
import type { ReadyEndpoint } from "../cluster/failover-watch/observe";
import { ClusterView } from "../cluster/failover-watch/watches";
import { DrillCase } from "./cases";
import { compareClocks } from "./clock";
import { directKey, failoverSubject, replacePod, takeCourse, type Course } from "./course";
import { readEvents } from "./events";
import type { DrillPodSource } from "./faults/drill-pod";
import type { Fault } from "./faults/fault";
import { isolatedFindings } from "./isolated-writes";
import type { Journal } from "./journal";
import { slowestStage } from "./slowest-stage";
import { applicationKey, sizeOfObject, startDrillLoad } from "./load";
import { outageOf, requestsBySecond } from "./outage";
import { attachmentOverlaps, podOverlaps, processOverlaps } from "./overlaps";
import type { DrilledStage, DrillRun } from "./report";
import { settled } from "./settled";
import type { DrillTarget } from "./target";
import { isBucket, type UndoTools } from "./undo";

export interface RunOptions {
  case: DrillCase;
  target: DrillTarget;
  fault: Fault;
  /** Source of the privileged pod, confirmed by the operator. Only for methods that use one. */
  drillPod?: DrillPodSource;
  journal: Journal;
  undoTools: UndoTools;
  /** Prediction for this case; undefined if the model has no such case. */
  prediction?: Prediction;
  number: number;
  bucket: string;
  putsPerSecond: number;
  /** Whether the store leaves an unreachable node automatically. */
  movesByItself: boolean;
  kills: number;
  awaySeconds: number;
  /** Range of a random delay in seconds, so that the failure meets the control loops at any phase. */
  phaseSeconds: number;
  limitSeconds: number;
  /** Folder of the ledgers. */
  directory: string;
  say: (detail: string) => void;
  /** Shows the lines below the progress, updated continuously. */
  show: (lines: () => readonly string[]) => void;
  signal: AbortSignal;
}

/** Seconds for which the load runs before the failure. */
const steadySeconds = 5;

/** Injects a failure once, watches it, reverts everything but the bucket, and reads back the written objects. */
export async function drillOnce(options: RunOptions): Promise<DrillRun> {
  const { target, say, signal, number, bucket, undoTools, journal } = options;
  const view = new ClusterView(target.config);
  await settled(target.config, target.store, signal, (open) => say(`waiting: ${open}`));
  const serving = await freshPod(options, view);
  say("waiting for a random delay");
  await sleep(Math.random() * options.phaseSeconds * 1000, undefined, { signal });

  const keyPrefix = `run-${String(number).padStart(3, "0")}/`;
  const ledger = openLedger(join(options.directory, `ledger-${bucket}-${number}`));
  const [client, application] = [target.client(bucket, "once"), target.client(bucket, "sdk-defaults")];
  const alarmsBefore = (await target.sandbox?.alarms())?.length ?? 0;
  const clock = await compareClocks(target.config);
  const watch = await view.watchFailover(target.store);
  const load = startDrillLoad({ client, application, ledger, keyPrefix, putsPerSecond: options.putsPerSecond });
  try {
    say("load");
    await sleep(steadySeconds * 1000, undefined, { signal });
    const { config, sandbox, store } = target;
    const subject = { config, sandbox, store, serving, drillPod: options.drillPod, signal };
    const course = await takeCourse({ ...options, subject, load, watch, ledger, keyPrefix });
    const { attempts, application: seenByApplication } = await load.stop();

    say("reverting changes");
    const failed = await journal.putBack(undoTools, isBucket);
    // A node that stays off remains in the journal; the writes are verified anyway.
    if (failed.length === 0) await settled(target.config, target.store, signal, (open) => say(`waiting: ${open}`));
    options.show(() => []);

    const sent = [...attempts, ...(course.isolated?.direct ?? [])].map(({ key }) => key);
    const acknowledged = readLedger(ledger.file);
    const verification = await verifyLoad({
      client,
      acknowledged: acknowledged.map(({ key }) => key),
      sent: [...sent, ...load.applicationKeys],
      keyPrefix,
      sizeOf: sizeOfObject,
      onProgress: (done, total) => say(`reading back ${done}/${total}`),
      signal,
    });
    const { faultAt } = course;
    const outage = outageOf(attempts, faultAt);
    const recoveredAt = outage?.recoveredAt;
    const timeline = computeTimeline(watch.observations, failoverSubject({ subject }, faultAt), recoveredAt);
    const stages = stagesOf(timeline, faultAt, options.prediction);
    const [now] = await view.endpointsOf(target.store);
    const { storedWithoutAcknowledgement, ...found } = verification;
    return {
      ...{ number, faultAt: new Date(faultAt).toISOString(), node: serving.node, pod: serving.podName },
      ...(now && { newNode: now.node }),
      ...(recoveredAt !== undefined && { recoverySeconds: (recoveredAt - faultAt) / 1000 }),
      ...(outage?.seconds !== undefined && { outageSeconds: outage.seconds }),
      ...{
        interruptions: outage?.interruptions ?? 0,
        failedRequests: outage?.failedRequests ?? 0,
        errors: outage?.errors ?? {},
      },
      requests: requestsBySecond(attempts, faultAt),
      application: seenByApplication,
      stages,
      ...withSlowest(stages),
      ledger: {
        ...found,
        unacknowledgedButPresent: storedWithoutAcknowledgement,
        lostBeforeFault: lostBefore(faultAt, acknowledged, verification.lost),
        ...withIsolated(course, acknowledged, timeline, verification.lost),
      },
      overlaps: [
        ...podOverlaps(watch.observations, faultAt),
        ...attachmentOverlaps(watch.observations, target.store.volume, faultAt),
        ...processOverlaps(await alarmsSince(target, alarmsBefore), target.store.longhornVolume, faultAt),
      ],
      attachmentDeletions: timeline.attachmentDeletions,
      clock,
      events: await readEvents(
        target.config,
        { store: target.store, node: serving.node, faultAt, clockOffsetSeconds: clock.offsetSeconds },
        watch.observations,
      ),
    };
  } finally {
    await load.stop();
    await watch.stop();
    for (const one of [client, application]) one.close();
    ledger.close();
  }
}

/** Replaces the pod, because repeated kills of one pod would measure the kubelet's back-off. */
async function freshPod(options: RunOptions, view: ClusterView): Promise<ReadyEndpoint> {
  const { target, signal, say } = options;
  const serving = await servingPod(view, target);
  const kills = options.case === DrillCase.CrashLoop || options.case === DrillCase.PodFailure;
  if (!kills || options.fault.method.name === "pod-deleted") return serving;
  say("replacing the pod");
  await replacePod(options, serving.podName);
  await settled(target.config, target.store, signal, (open) => say(`waiting: ${open}`));
  return servingPod(view, target);
}

const routeLimitMs = 30_000;
const pollMs = 200;

/** Returns the ready pod. The EndpointSlice follows the pod with a delay. */
async function servingPod(view: ClusterView, { store }: DrillTarget): Promise<ReadyEndpoint> {
  for (const deadline = Date.now() + routeLimitMs; ;) {
    const [serving] = await view.endpointsOf(store);
    if (serving !== undefined) return serving;
    if (Date.now() > deadline) {
      throw new ToolError(`Service ${store.namespace}/${store.serviceName} routes to no ready pod`);
    }
    await sleep(pollMs);
  }
}

async function alarmsSince({ sandbox }: DrillTarget, count: number): Promise<SandboxAlarm[]> {
  return ((await sandbox?.alarms()) ?? []).slice(count);
}

function stagesOf({ stages }: Timeline, faultAt: number, prediction: Prediction | undefined): DrilledStage[] {
  const predicted = prediction === undefined || "never" in prediction ? [] : prediction.stages;
  return secondsAfterFault(stages, faultAt).map(({ stage, seconds }) => {
    const said = predicted.find((one) => one.stage === stage);
    const meaning = stageMeanings[stage];
    return { stage, meaning, seconds, ...(said && { predicted: { p50: said.p50, p95: said.p95, p99: said.p99 } }) };
  });
}

function withSlowest(stages: readonly DrilledStage[]): Pick<DrillRun, "slowest"> {
  const slowest = slowestStage(stages);
  return slowest === undefined ? {} : { slowest };
}

/** Returns the lost writes that were acknowledged before the fault. No failover decision accepts their loss. */
function lostBefore(faultAt: number, acknowledged: readonly AcknowledgedWrite[], lost: readonly string[]): string[] {
  const before = new Set(acknowledged.filter((write) => write.acknowledgedAt < faultAt).map(({ key }) => key));
  return lost.filter((key) => before.has(key));
}

/** Splits the objects by their writer, which the key names. */
function withIsolated(
  { isolated }: Course,
  acknowledged: readonly AcknowledgedWrite[],
  { stages, newNode }: Timeline,
  lost: readonly string[],
): Pick<DrillRun["ledger"], "isolated"> {
  if (isolated === undefined) return {};
  const by = (client: string): AcknowledgedWrite[] => acknowledged.filter(({ key }) => key.includes(client));
  const [direct, keptConnections] = [by(directKey), by(applicationKey)];
  const throughService = acknowledged.filter((write) => !direct.includes(write) && !keptConnections.includes(write));
  // Without a volume on another node it is the same gateway that is ready again.
  const takenOverAt = newNode === undefined ? undefined : stages.ready;
  const writes = { direct, throughService, keptConnections, cutOff: isolated.cutOff, takenOverAt };
  return { isolated: isolatedFindings(writes, lost) };
}
