import { mkdirSync } from "node:fs";
import type { Prediction } from "../../components/recovery-model";
import { realAndSimulated } from "../../sandbox";
import { ExitCode, CancelledError, throwIfInterrupted, ToolError } from "../errors";
import { during, secondsText, type Progress } from "../terminal/progress";
import { caveatsOf } from "./caveats";
import { DrillCase } from "./cases";
import { cleanupCommand } from "../cluster/drill-record";
import { readClusterInUse, type ClusterInUse } from "./cluster-in-use";
import { judge, type ParsedCriterion } from "./criteria";
import { chooseFault, type WantedMethod } from "./faults/choose";
import { confirmedDrillPod } from "./faults/drill-image";
import type { DrillPodSource } from "./faults/drill-pod";
import type { Fault } from "./faults/fault";
import { Journal } from "./journal";
import { newDrillBucket } from "./journal-record";
import { keepResult } from "./keep-result";
import { multipartBytes, objectBytes, ratesOf } from "./load";
import { movesByItself } from "./moves-by-itself";
import { predictedFor } from "./predicted";
import { nodePatienceSeconds, putAllBack, undoTools } from "./restore";
import { readinessFindings, type ReadinessFinding } from "./readiness";
import { drillVersion, type DrillReport, type DrillRun } from "./report";
import { drillOnce } from "./run";
import { shortfallsOf } from "./shortfalls";
import { summarize } from "./summary";
import type { DrillTarget } from "./target";
import type { UndoTools } from "./undo";

export interface DrillOptions extends WantedMethod {
  case: DrillCase;
  target: DrillTarget;
  /** Number of runs. */
  repeat: number;
  criteria: readonly ParsedCriterion[];
  putsPerSecond: number;
  kills: number;
  awaySeconds: number;
  productionAllowed: boolean;
  /** Image of the privileged pod, as set by the operator. Only for methods that use one. */
  drillImage?: string;
  /** Asks the operator; undefined without a terminal. */
  confirm?: (question: string) => Promise<boolean>;
  /** Folder of the ledgers. */
  directory: string;
  progress: Progress;
  signal: AbortSignal;
  /** Called with the result of each run. */
  onRun?: (run: DrillRun) => void;
}

/**
 * Injects a failure into a store as often as requested, and reports the effect on its clients. All changes are reverted. Those
 * that cannot be reverted remain in the journal for `drill cleanup`.
 *
 * @throws ToolError if the drill is refused or fails
 */
export async function drill(options: DrillOptions): Promise<DrillReport> {
  const { target, progress, signal } = options;
  const begin = Date.now();
  const fault = chooseFault(options.case, options, target.sandbox !== undefined);
  const cluster = await during(
    progress,
    "Readiness",
    () => readiness(options, fault),
    () => target.store.name,
  );
  const drillPod = await drillPodFor(options, fault, cluster);
  const about = { case: options.case, store: `${target.store.namespace}/${target.store.name}` };
  const journal = await Journal.begin(target.config, target.store.namespace, about, target.reachedBy);
  const tools = undoTools(target, nodePatienceSeconds);
  const runs: DrillRun[] = [];
  let broke: unknown;
  try {
    await runSeries({ ...options, fault, cluster, journal, tools, drillPod }, runs);
  } catch (error) {
    broke = error;
  }
  const leftovers = await putBack(options, journal);
  if (broke !== undefined && (signal.aborted || runs.length === 0)) throw brokenDrill(broke, leftovers, options);
  const whole = reportOf({ ...options, fault, cluster, runs, leftovers, begin });
  // What the runs before it have shown is not lost.
  const after = `after ${runs.length} of ${options.repeat} runs the drill failed: ${messageOf(broke)}`;
  const report = broke === undefined ? whole : { ...whole, shortfalls: [after, ...whole.shortfalls] };
  await keepResult(target.config, report).catch((error: unknown) =>
    progress.note(`the result is not stored for longhorn-s3 status: ${messageOf(error)}`),
  );
  return report;
}

/** Reverts the changes. A node that is still powered off is left to `drill cleanup`. */
async function putBack({ target, progress }: DrillOptions, journal: Journal): Promise<string[]> {
  try {
    return await during(
      progress,
      "Reverting all changes",
      (step) => putAllBack(target, journal, undoTools(target, 0), (detail) => step.update(detail)),
      leftText,
    );
  } catch (error) {
    return [...journal.open.map((text) => `${text}: not tried`), messageOf(error)];
  }
}

interface Prepared extends DrillOptions {
  fault: Fault;
  cluster: ClusterInUse;
}

async function readiness(options: DrillOptions, fault: Fault): Promise<ClusterInUse> {
  const { target, productionAllowed, progress } = options;
  // A drill that was killed leaves much of what is looked at in disorder.
  await Journal.refuseOther(target.config, target.reachedBy);
  const cluster = await readClusterInUse(target.config, target.store);
  const isSandbox = target.sandbox !== undefined;
  const { store, reachedBy } = target;
  const plan = { case: options.case, store, reachedBy, isSandbox, productionAllowed, now: Date.now() };
  const gateway = cluster.pods.find(({ isGateway }) => isGateway);
  const findings = [
    ...readinessFindings(cluster, plan),
    ...(gateway === undefined ? [] : ((await fault.findings?.(target, gateway.name)) ?? [])),
  ];
  const refused = findings.filter(({ severity }) => severity === "refused");
  if (refused.length > 0) {
    throw new ToolError(
      `The drill is refused. Nothing was changed:\n${refused.map((one) => `  - ${findingText(one)}`).join("\n")}`,
      ExitCode.Refused,
    );
  }
  for (const one of findings) if (one.severity === "warning") progress.note(`warning: ${findingText(one)}`);
  return cluster;
}

function leftText({ length }: readonly string[]): string {
  return length === 0 ? "" : `${length} things could not be`;
}

function findingText({ what, remedy }: ReadinessFinding): string {
  return remedy === undefined ? what : `${what}: ${remedy}`;
}

/** Source of the privileged pod, confirmed by the operator; undefined for a method without one. */
async function drillPodFor(
  { target, drillImage, confirm, progress }: DrillOptions,
  { method, usesPrivilegedPod }: Fault,
  { pods }: ClusterInUse,
): Promise<DrillPodSource | undefined> {
  if (usesPrivilegedPod === undefined) {
    if (drillImage === undefined) return undefined;
    throw new ToolError(
      `--drill-image: method ${method.name} uses no privileged pod. Remove the option.`,
      ExitCode.Refused,
    );
  }
  const node = pods.find(({ isGateway }) => isGateway)?.node ?? "";
  return confirmedDrillPod(target.config, node, { drillImage, confirm, tell: (text) => progress.note(text) });
}

interface Series extends Prepared {
  journal: Journal;
  tools: UndoTools;
  drillPod?: DrillPodSource;
}

async function runSeries(options: Series, runs: DrillRun[]): Promise<void> {
  const { target, journal, progress, repeat, signal } = options;
  const bucket = newDrillBucket();
  const prediction = predictionOf(options);
  mkdirSync(options.directory, { recursive: true });
  await journal.expect({ undo: "remove-bucket", bucket });
  const client = target.client(bucket, "once");
  await client.createBucket().finally(() => client.close());
  for (let number = 1; number <= repeat; number++) {
    throwIfInterrupted(signal);
    const run = await during(
      progress,
      `${options.case} ${number} of ${repeat}`,
      (step) =>
        drillOnce({
          ...{ ...options, number, bucket, prediction, undoTools: options.tools },
          movesByItself: leavesSilentNode(options),
          phaseSeconds: phaseSeconds(options),
          limitSeconds: limitSeconds(prediction),
          say: (detail) => step.update(detail),
          show: (linesNow) => step.below?.((rows) => linesNow().slice(0, rows)),
        }),
      outcomeText,
    );
    runs.push(run);
    options.onRun?.(run);
  }
}

function outcomeText({ recoverySeconds, failedRequests, ledger }: DrillRun): string {
  const recovery =
    recoverySeconds !== undefined
      ? `recovered after ${secondsText(recoverySeconds)}`
      : failedRequests === 0
        ? "no request failed"
        : "did not recover";
  return `${recovery}, ${ledger.verified} of ${ledger.acknowledged} acknowledged objects intact`;
}

/**
 * Returns the range of a random delay before the failure. A recovery ends at a tick of the control loops, so that a fixed
 * delay would always meet the same phase of them.
 */
function phaseSeconds({ case: drillCase, target }: Prepared): number {
  if (drillCase === DrillCase.PodFailure || drillCase === DrillCase.CrashLoop) return 2;
  return target.sandbox?.profile === "fast" ? 10 : 60;
}

/** Returns a time limit far above the prediction. */
function limitSeconds(prediction: Prediction | undefined): number {
  return prediction === undefined || "never" in prediction ? 600 : 2 * prediction.p99 + 240;
}

function predictionOf({ case: drillCase, target, cluster, kills, fault }: Prepared): Prediction | undefined {
  const earlierKills = drillCase === DrillCase.CrashLoop ? kills - 1 : 0;
  const sandboxProfile = target.sandbox?.profile;
  return predictedFor(
    drillCase,
    target.store,
    { ...cluster, nodes: cluster.nodes.length, sandboxProfile },
    { method: fault.method.name, earlierKills },
  );
}

function brokenDrill(error: unknown, leftovers: readonly string[], { target, signal }: DrillOptions): Error {
  const { namespace, name } = target.store;
  const left = leftovers.map((text) => `\n  not reverted: ${text}`).join("");
  const next = left === "" ? "" : `\nTo retry: ${cleanupCommand(target.reachedBy, namespace, `${namespace}/${name}`)}`;
  if (signal.aborted) {
    return left === "" ? new CancelledError() : new ToolError(`interrupted${left}${next}`, ExitCode.Interrupted);
  }
  const message = `The drill failed: ${messageOf(error)}${left}${next}`;
  return new ToolError(message, ExitCode.EnvironmentLacks, { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function reportOf(options: Prepared & { runs: DrillRun[]; leftovers: string[]; begin: number }): DrillReport {
  const { target, cluster, runs, leftovers, begin, fault, putsPerSecond } = options;
  const { namespace, name, accessMode, failover } = target.store;
  const summary = summarize(runs);
  const prediction = predictionOf(options);
  const sandboxProfile = target.sandbox?.profile;
  const { server, kubernetesVersion, longhornVersion, podDeletionPolicy } = cluster;
  const report: Omit<DrillReport, "shortfalls"> = {
    drillVersion,
    case: options.case,
    method: fault.method,
    store: {
      ...{ namespace, name, accessMode, podDeletionPolicy, onNodeFailure: failover.onNodeFailure },
      ...(failover.tolerationSeconds !== undefined && { tolerationSeconds: failover.tolerationSeconds }),
      terminationGracePeriodSeconds: failover.terminationGracePeriodSeconds,
    },
    cluster: {
      ...{ server, kubernetesVersion, longhornVersion, nodes: cluster.nodes.length },
      ...(sandboxProfile !== undefined && { sandboxProfile }),
    },
    startedAt: new Date(begin).toISOString(),
    seconds: (Date.now() - begin) / 1000,
    load: { url: target.url, perSecond: ratesOf(putsPerSecond), objectBytes, multipartBytes },
    ...(options.case === DrillCase.CrashLoop && { kills: options.kills }),
    ...(staysAway(options) && { awaySeconds: options.awaySeconds }),
    predicted: predictedOutage(prediction),
    runs,
    summary,
    criteria: judge(options.criteria, summary),
    realAndSimulated:
      target.sandbox === undefined
        ? [{ layer: "everything", inSandbox: `real cluster ${server}`, real: true }]
        : realAndSimulated,
    caveats: caveatsOf(options.case, fault.method.name, sandboxProfile),
    leftovers,
  };
  return { ...report, shortfalls: shortfallsOf(report) };
}

function staysAway(options: Prepared): boolean {
  const cases: readonly DrillCase[] = [DrillCase.NodeReturn, DrillCase.Partition];
  return cases.includes(options.case) && !leavesSilentNode(options);
}

function leavesSilentNode({ target, cluster }: Prepared): boolean {
  return movesByItself(target.store.failover.onNodeFailure, cluster.fencing);
}

function predictedOutage(prediction: Prediction | undefined): DrillReport["predicted"] {
  if (prediction === undefined) return { unknown: "the model does not have this case" };
  if ("never" in prediction) return prediction;
  const { p50, p95, p99 } = prediction;
  return { p50, p95, p99 };
}
