import type { Percentiles } from "../../../components/recovery-model";
import type { DrillReport, DrillRun, DrillSummary, PredictedOutage } from "../report";
import { none, seconds, withHead, type Rows } from "./row";

/** Returns the subject, such as `node-failure of s3/photos`. */
export function subjectOf({ case: drillCase, store }: DrillReport): string {
  return `${drillCase} of ${store.namespace}/${store.name}`;
}

/** Returns the outcome in one word. */
export function outcomeOf({ shortfalls }: DrillReport): string {
  return shortfalls.length === 0 ? "Passed" : "Failed";
}

/** Returns the effect on clients in one sentence. */
export function headlineOf({ summary, runs }: DrillReport): string {
  const { recovered, recoverySeconds, outageSeconds } = summary;
  const all = summary.runs;
  if (recovered === 0) return all === 1 ? "The store did not recover." : `The store recovered in none of ${all} runs.`;
  const back =
    all === 1
      ? "The store recovered"
      : `The store recovered in ${recovered === all ? `all ${all}` : `${recovered} of ${all}`} runs`;
  if (runs.every(({ failedRequests }) => failedRequests === 0)) return `${back}; no request failed.`;
  const after = all === 1 ? "" : "a median of ";
  const away =
    outageSeconds === undefined ? "" : `; it was unavailable to clients for ${after}${seconds(outageSeconds.median)}`;
  return `${back}, ${after}${seconds(recoverySeconds?.median)} after the fault${away}.`;
}

/**
 * Returns the measured next to the predicted values. Prediction and recovery are from the fault to the first successful
 * request.
 */
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

/** Returns p50 and p95 as text. */
export function predictedCells(predicted: PredictedOutage): string[] {
  if ("never" in predicted) return ["never", "never"];
  const { p50, p95 } = percentilesOf(predicted) ?? {};
  return [seconds(p50), seconds(p95)];
}

/** Returns the predicted percentiles, if there are any. */
export function percentilesOf(predicted: PredictedOutage): Percentiles | undefined {
  return "p50" in predicted ? predicted : undefined;
}

/** Returns the longest recovery, unless a run did not recover. */
export function maximumText({ runs, recovered, recoverySeconds }: DrillSummary): string {
  return recovered < runs ? "not over" : seconds(recoverySeconds?.maximum);
}

/** Returns the predicted reason for no automatic recovery, if there is one. */
export function neverOf({ predicted }: DrillReport): string | undefined {
  return "never" in predicted ? predicted.never : undefined;
}

/** Returns the counts that must be zero, and their values. */
export function safetyRows({ summary }: DrillReport): Rows {
  const { acknowledged, lost, corrupt, phantom, overlaps } = summary;
  return [
    ["acknowledged writes", "lost", "corrupt", "never sent", "overlaps"],
    [acknowledged, lost, corrupt, phantom, overlaps].map(String),
  ];
}

/** Returns the pass criteria; empty if there are none. */
export function criteriaRows({ criteria }: DrillReport): Rows {
  return withHead(
    ["limit", "measured", "held"],
    criteria.map(({ text, value, held }) => [text, value === undefined ? none : figure(value), held ? "yes" : "NO"]),
  );
}

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

/** Returns one row per run. */
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

/** Returns a text such as `48.5 s`, or that the store did not recover. */
export function recoveryText({ recoverySeconds }: DrillRun): string {
  return recoverySeconds === undefined ? "not over" : seconds(recoverySeconds);
}

/** Returns a text such as `40.2 s`, or that there was no outage, or that it did not end. */
export function outageText({ outageSeconds, recoverySeconds, failedRequests }: DrillRun): string {
  if (failedRequests === 0) return "none";
  return recoverySeconds === undefined ? "not over" : seconds(outageSeconds);
}

/** Returns the view of an application with the SDK's own retries and timeouts. */
export function applicationRows({ runs }: DrillReport): Rows {
  return withHead(
    ["run", "writes sent", "failed", "no response at the end", "longest successful"],
    runs.map(({ number, application: { sent, failed, hanging, longestSeconds } }) => [
      ...[number, sent, failed, hanging].map(String),
      seconds(longestSeconds),
    ]),
  );
}

/** Returns the failed requests by kind of failure over all runs, the most frequent first. */
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
