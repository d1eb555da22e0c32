import type { StageName } from "../cluster/failover-watch/stages";
import { median } from "./distribution";
import type { DrilledStage } from "./report";

/** A stage over all runs, in seconds after the fault. */
export interface StageOverRuns {
  stage: StageName;
  meaning: string;
  /** When each run that reached it did. */
  measured: number[];
  /** Their median. */
  median: number;
  predicted?: { p50: number; p95: number };
}

/** The stages of all runs, in the order of their medians. */
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
