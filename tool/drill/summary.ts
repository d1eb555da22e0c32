import { median } from "./statistics";
import type { DrillRun, DrillSummary, DrilledStage } from "./report";
import type { StageName } from "../cluster/failover-watch/stages";

/** Returns the numbers over all runs of a drill. */
export function summarize(runs: readonly DrillRun[]): DrillSummary {
  const total = (count: (run: DrillRun) => number): number => runs.reduce((sum, run) => sum + count(run), 0);
  const recovery = distribution(runs.flatMap(({ recoverySeconds }) => recoverySeconds ?? []));
  const outage = distribution(runs.flatMap(({ outageSeconds }) => outageSeconds ?? []));
  return {
    runs: runs.length,
    recovered: runs.filter(({ recoverySeconds }) => recoverySeconds !== undefined).length,
    ...(recovery && { recoverySeconds: recovery }),
    ...(outage && { outageSeconds: outage }),
    acknowledged: total(({ ledger }) => ledger.acknowledged),
    lost: total(({ ledger }) => ledger.lost.length),
    corrupt: total(({ ledger }) => ledger.corrupt.length),
    phantom: total(({ ledger }) => ledger.phantom.length),
    overlaps: total(({ overlaps }) => overlaps.length),
  };
}

function distribution(values: readonly number[]): DrillSummary["recoverySeconds"] {
  const sorted = [...values].sort((one, other) => one - other);
  const [minimum, maximum] = [sorted[0], sorted.at(-1)];
  if (minimum === undefined || maximum === undefined) return undefined;
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? maximum;
  return { minimum, median: median(sorted), p95: at(0.95), maximum };
}

/** Stage over all runs, in seconds after the fault. */
export interface StageOverRuns {
  stage: StageName;
  meaning: string;
  /** Times of the runs that reached it. */
  measured: number[];
  /** Median of these times. */
  median: number;
  predicted?: { p50: number; p95: number };
}

/** Returns the stages of all runs, in the order of their medians. */
export function stagesOverRuns(runs: readonly { stages: readonly DrilledStage[] }[]): StageOverRuns[] {
  const all = runs.flatMap(({ stages }) => stages);
  const names = [...new Set(all.map(({ stage }) => stage))];
  return names
    .map((stage): StageOverRuns => {
      const ones = all.filter((one) => one.stage === stage);
      const measured = ones.map(({ seconds }) => seconds);
      const { meaning = stage, predicted } = ones[0] ?? {};
      return { stage, meaning, measured, median: median(measured), ...(predicted && { predicted }) };
    })
    .sort((one, other) => one.median - other.median);
}
