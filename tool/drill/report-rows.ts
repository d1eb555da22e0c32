import type { Percentiles } from "../../components/failover/timeline";
import type {
  DrillReport,
  DrillRun,
  DrilledStage,
  DrillSummary,
  LedgerFindings,
  Overlap,
  PredictedOutage,
} from "./report";

import { stagesOverRuns } from "./stages-over-runs";

/** Rows for people, which text, Markdown and page show alike; the first row is the head. */
export type Rows = readonly (readonly string[])[];

/** Where there is no number. */
const none = "–";

/** `48.5 s`: in every table the same unit, so that two can be compared at a glance. */
export function seconds(value: number | undefined): string {
  return value === undefined ? none : `${value.toFixed(1)} s`;
}

/** `node-failure of s3/photos` */
export function subjectOf({ case: drillCase, store }: DrillReport): string {
  return `${drillCase} of ${store.namespace}/${store.name}`;
}

/** Whether it passed, in a word. */
export function outcomeOf({ shortfalls }: DrillReport): string {
  return shortfalls.length === 0 ? "Passed" : "Fell short";
}

/** What a client saw, in a sentence. */
export function headlineOf({ summary, runs }: DrillReport): string {
  const { recovered, recoverySeconds, outageSeconds } = summary;
  const all = summary.runs;
  if (recovered === 0)
    return all === 1 ? "The store did not come back." : `The store came back in none of ${all} runs.`;
  const back =
    all === 1
      ? "The store came back"
      : `The store came back in ${recovered === all ? `all ${all}` : `${recovered} of ${all}`} runs`;
  if (runs.every(({ failedRequests }) => failedRequests === 0)) return `${back}; no request failed.`;
  const after = all === 1 ? "" : "a median of ";
  const away =
    outageSeconds === undefined ? "" : `; clients were without it for ${after}${seconds(outageSeconds.median)}`;
  return `${back}, ${after}${seconds(recoverySeconds?.median)} after the fault${away}.`;
}

/** Measured beside predicted. The prediction is from the fault to the first answer, as the recovery is. */
export function measuredRows({ summary, predicted }: DrillReport): Rows {
  const { recoverySeconds, outageSeconds } = summary;
  return [
    ["", "minimum", "median", "p95", "maximum", "predicted p50", "predicted p95"],
    ["recovery: fault to lasting answers", ...distributionCells(recoverySeconds), ...predictedCells(predicted)],
    ["outage: first failed request to the same", ...distributionCells(outageSeconds), none, none],
  ];
}

function distributionCells(distribution: DrillSummary["recoverySeconds"]): string[] {
  const { minimum, median, p95, maximum } = distribution ?? {};
  return [minimum, median, p95, maximum].map(seconds);
}

/** p50 and p95 as they are shown. */
export function predictedCells(predicted: PredictedOutage): string[] {
  if ("never" in predicted) return ["never", "never"];
  const { p50, p95 } = percentilesOf(predicted) ?? {};
  return [seconds(p50), seconds(p95)];
}

/** The predicted times, where the model has some. */
export function percentilesOf(predicted: PredictedOutage): Percentiles | undefined {
  return "p50" in predicted ? predicted : undefined;
}

/** The longest recovery, unless a run had none. */
export function maximumText({ runs, recovered, recoverySeconds }: DrillSummary): string {
  return recovered < runs ? "not over" : seconds(recoverySeconds?.maximum);
}

/** Why the store does not come back by itself, where the model says so. */
export function neverOf({ predicted }: DrillReport): string | undefined {
  return "never" in predicted ? predicted.never : undefined;
}

/** What must be nought, and what was read. */
export function safetyRows({ summary }: DrillReport): Rows {
  const { acknowledged, lost, corrupt, phantom, overlaps } = summary;
  return [
    ["acknowledged writes", "lost", "corrupt", "never sent", "overlaps"],
    [acknowledged, lost, corrupt, phantom, overlaps].map(String),
  ];
}

/** The limits of the one who drills; none where there were none. */
export function criteriaRows({ criteria }: DrillReport): Rows {
  return withHead(
    ["limit", "measured", "held"],
    criteria.map(({ text, value, held }) => [text, value === undefined ? none : figure(value), held ? "yes" : "NO"]),
  );
}

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

/** One row for each run. */
export function runRows({ runs }: DrillReport): Rows {
  return withHead(
    ["run", "from", "to", "recovery", "outage", "interruptions", "failed requests", "attachments deleted"],
    runs.map((run) => [
      ...[String(run.number), run.node, run.newNode ?? "none"],
      ...[recoveryText(run), outageText(run)],
      ...[run.interruptions, run.failedRequests, run.attachmentDeletions].map(String),
    ]),
  );
}

/** `48.5 s`, or that it never came. */
export function recoveryText({ recoverySeconds }: DrillRun): string {
  return recoverySeconds === undefined ? "not over" : seconds(recoverySeconds);
}

/** `40.2 s`, or that there was none, or that it was not over. */
export function outageText({ outageSeconds, recoverySeconds, failedRequests }: DrillRun): string {
  if (failedRequests === 0) return "none";
  return recoverySeconds === undefined ? "not over" : seconds(outageSeconds);
}

/** Failed requests by the kind of failure, over all runs, the most frequent first. */
export function errorRows({ runs }: DrillReport): Rows {
  const counts = new Map<string, number>();
  for (const { errors } of runs) {
    for (const [kind, count] of Object.entries(errors)) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return withHead(
    ["kind of failure", "requests"],
    [...counts].sort((one, other) => other[1] - one[1]).map(([kind, count]) => [kind, String(count)]),
  );
}

/** The stages of one run, in the order in which they came. */
export function stageRows(stages: readonly DrilledStage[]): Rows {
  return withHead(
    ["stage", "measured", "predicted p50", "predicted p95"],
    [...stages]
      .sort((one, other) => one.seconds - other.seconds)
      .map(({ meaning, seconds: reached, predicted }) => [
        ...[meaning, seconds(reached), seconds(predicted?.p50), seconds(predicted?.p95)],
      ]),
  );
}

/** The stages over all runs, in the order of their medians. */
export function stageMedianRows({ runs }: DrillReport): Rows {
  const measured = runs.length === 1 ? "measured" : "measured median";
  return withHead(
    ["stage", measured, "maximum", "predicted p50", "predicted p95"],
    stagesOverRuns(runs).map((stage) => [
      ...[stage.meaning, seconds(stage.median), seconds(Math.max(...stage.measured))],
      ...[seconds(stage.predicted?.p50), seconds(stage.predicted?.p95)],
    ]),
  );
}

/** Kubernetes' and Longhorn's events during one run. */
export function eventRows({ events }: DrillRun): Rows {
  return withHead(
    ["after", "object", "reason", "message"],
    events.map((event) => [seconds(event.seconds), event.object, event.reason, event.message]),
  );
}

/** The slowest stage of each run; none where no run has one. */
export function slowestRows({ runs }: DrillReport): Rows {
  return withHead(
    ["run", "slowest stage", "took", "what would shorten it"],
    runs.flatMap(({ number, slowest }) =>
      slowest === undefined ? [] : [[String(number), slowest.meaning, seconds(slowest.seconds), slowest.lever]],
    ),
  );
}

/** What became of the acknowledged writes, one row for each run. */
export function ledgerRows({ runs }: DrillReport): Rows {
  return withHead(
    ["run", "acknowledged", "read back whole", "lost", "corrupt", "never sent", "unreadable", "stored unacknowledged"],
    runs.map(({ number, ledger }) => [
      ...[number, ledger.acknowledged, ledger.verified].map(String),
      ...[ledger.lost, ledger.corrupt, ledger.phantom, ledger.unreadable].map((keys) => String(keys.length)),
      String(ledger.unacknowledgedButPresent),
    ]),
  );
}

/** What a cut-off gateway acknowledged, a sentence for each run with a partition. */
export function isolatedTexts({ runs }: DrillReport): string[] {
  return runs.flatMap(({ number, ledger: { isolated, lost } }) => {
    if (isolated === undefined) return [];
    const others = lost.length - isolated.lost;
    // Those that were answered while the cut was made, or on connections that outlived it, may have been on either side.
    const besides = others === 0 ? "nothing else is lost" : `${others} more are lost that may have been on its side`;
    const judged = isolated.asExpected ? `as expected, and ${besides}.` : "NOT as expected.";
    const counts = `acknowledged ${isolated.acknowledged} writes, of which ${isolated.lost} are lost`;
    return [`Run ${number}: the cut-off gateway ${counts}: ${judged}`];
  });
}

/** The writes that did not come back as they should have, with their names. */
export function damageRows({ runs }: DrillReport): Rows {
  return withHead(
    ["run", "what", "objects"],
    runs.flatMap(({ number, ledger }) =>
      damageOf(ledger).map(([what, keys]) => [String(number), what, namesText(keys)]),
    ),
  );
}

function damageOf({ lost, corrupt, phantom, unreadable }: LedgerFindings): [what: string, keys: string[]][] {
  const all: [string, string[]][] = [
    ["lost", lost],
    ["corrupt", corrupt],
    ["never sent", phantom],
    ["unreadable", unreadable],
  ];
  return all.filter(([, keys]) => keys.length > 0);
}

const namesShown = 10;

function namesText(keys: readonly string[]): string {
  const more = keys.length - namesShown;
  return keys.slice(0, namesShown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** When two could write at the same time. */
export function overlapRows({ runs }: DrillReport): Rows {
  return withHead(
    ["run", "two", "from", "to", "which"],
    runs.flatMap(({ number, overlaps }) => overlaps.map((overlap) => overlapRow(number, overlap))),
  );
}

function overlapRow(run: number, { of, fromSeconds, toSeconds, who }: Overlap): string[] {
  return [
    String(run),
    of,
    seconds(fromSeconds),
    toSeconds === undefined ? "not over" : seconds(toSeconds),
    who.join(", "),
  ];
}

/** What an application with the SDK's own retries and timeouts saw. */
export function applicationRows({ runs }: DrillReport): Rows {
  return withHead(
    ["run", "writes sent", "failed", "hanging at the end", "longest answered"],
    runs.map(({ number, application: { sent, failed, hanging, longestSeconds } }) => [
      ...[number, sent, failed, hanging].map(String),
      seconds(longestSeconds),
    ]),
  );
}

/** What was drilled, on what and with what load. */
export function setUpRows({ case: drillCase, store, cluster, load, startedAt, seconds: took }: DrillReport): Rows {
  const { tolerationSeconds, terminationGracePeriodSeconds } = store;
  return [
    ["case", drillCase],
    ["store", `${store.namespace}/${store.name}, ${store.accessMode}`],
    ["on node failure", `${store.onNodeFailure}, podDeletionPolicy ${store.podDeletionPolicy}`],
    ["stays with a silent node", tolerationSeconds === undefined ? "for ever" : `${tolerationSeconds} s`],
    ["time to stop", `${terminationGracePeriodSeconds} s`],
    ["cluster", `${cluster.nodes} nodes, Kubernetes ${cluster.kubernetesVersion}, Longhorn ${cluster.longhornVersion}`],
    ["API server", cluster.server],
    ["sandbox", cluster.sandboxProfile === undefined ? "none: a cluster" : `profile ${cluster.sandboxProfile}`],
    ["clients", `at ${load.url}, whatever the answers`],
    ...Object.entries(load.perSecond).map(([kind, rate]) => [`${kind} requests`, `${rate} a second`]),
    ["object size", `${load.objectBytes} bytes; in parts ${load.multipartBytes} bytes`],
    ["started", startedAt],
    ["took", seconds(took)],
  ];
}

/** What the failure was, and what it was not. */
export function methodRows({ method: { name, does, simulates, doesNotSimulate } }: DrillReport): Rows {
  return [
    ["method", name],
    ["does", does],
    ["simulates", simulates],
    ["does not simulate", doesNotSimulate],
  ];
}

/** What was real. */
export function realRows({ realAndSimulated }: DrillReport): Rows {
  return withHead(
    ["", "layer", "here"],
    realAndSimulated.map(({ real, layer, inSandbox }) => [real ? "real" : "simulated", layer, inSandbox]),
  );
}

/** How far this machine's clock was from the API server's. */
export function clockRows({ runs }: DrillReport): Rows {
  return withHead(
    ["run", "this clock minus the API server's", "uncertainty"],
    runs.map(({ number, clock: { offsetSeconds, uncertaintySeconds } }) => [
      ...[String(number), `${offsetSeconds.toFixed(3)} s`, `± ${uncertaintySeconds.toFixed(3)} s`],
    ]),
  );
}

function withHead(head: string[], rows: readonly string[][]): Rows {
  return rows.length === 0 ? [] : [head, ...rows];
}
