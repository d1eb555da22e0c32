import type { Percentiles } from "../../../components/recovery-model";
import type { DrillReport, DrillRun, DrillSummary, PredictedOutage } from "../report";
import { none, seconds, withHead, type Rows } from "./row";

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
    ["measured", "minimum", "median", "p95", "maximum", "predicted p50", "predicted p95"],
    ["recovery: from the fault", ...distributionCells(recoverySeconds), ...predictedCells(predicted)],
    ["outage: from the first failed request", ...distributionCells(outageSeconds), none, none],
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
