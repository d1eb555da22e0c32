import { FailureCase, percentiles, predictRecovery } from "../../components/recovery-model";
import { Random } from "../../components/recovery-model/random";
import { median } from "../../tool/drill/statistics";
import { sandboxStart } from "../../tool/drill/predicted";
import type { RecoveryCaseName } from "./cases";
import type { MeasuredRun } from "./measured-run";

/** A prediction beside what was measured, in seconds after the fault. */
export interface Comparison {
  case: RecoveryCaseName;
  runs: number;
  measured: { minimum: number; median: number; maximum: number };
  /** The interval in which the median of all such recoveries is, with 95 %. */
  interval: readonly [number, number];
  predicted: number;
  predictedP95: number;
  /** Whether the prediction is within it. */
  agrees: boolean;
}

/** Prediction and measurement of one case; the runs are those of this case alone. */
export function compare(caseName: RecoveryCaseName, runs: readonly MeasuredRun[]): Comparison {
  const seconds = runs.flatMap(({ stages }) => stages["firstAnswer"] ?? []).sort((one, other) => one - other);
  const interval = medianInterval(seconds);
  const { p50: predicted, p95: predictedP95 } = predictionOf(caseName);
  return {
    case: caseName,
    runs: seconds.length,
    measured: { minimum: seconds[0] ?? NaN, median: median(seconds), maximum: seconds.at(-1) ?? NaN },
    interval,
    predicted,
    predictedP95,
    agrees: interval[0] <= predicted && predicted <= interval[1],
  };
}

/** The bootstrap interval of the median, of 95 %: medians of values that are drawn anew from those that were measured. */
export function medianInterval(values: readonly number[], draws = 4000): readonly [number, number] {
  const random = new Random(1);
  const medians = Array.from({ length: draws }, () =>
    median(values.map(() => values[Math.floor(random.next() * values.length)] ?? NaN)),
  ).sort((one, other) => one - other);
  return [medians[Math.floor(draws * 0.025)] ?? NaN, medians[Math.ceil(draws * 0.975) - 1] ?? NaN];
}

function predictionOf(caseName: RecoveryCaseName): { p50: number; p95: number } {
  const common = { terminationGracePeriodSeconds: 10, cluster: sandboxStart };
  const prediction = predictRecovery(
    FailureCase.NodeFailure,
    {
      "assume-dead-rwo": { ...common, tolerationSeconds: 30, longhornActs: true, accessMode: "ReadWriteOnce" as const },
      "assume-dead-rwop": {
        ...common,
        tolerationSeconds: 30,
        longhornActs: true,
        accessMode: "ReadWriteOncePod" as const,
      },
      "out-of-service": {
        ...{ ...common, longhornActs: false, accessMode: "ReadWriteOncePod" as const },
        // The benchmark looks four times a second whether the node is ready.
        fencedAfterSeconds: [0, 0.3] as const,
      },
    }[caseName],
  );
  return "never" in prediction ? { p50: NaN, p95: NaN } : prediction;
}

/** The median of a stage over the runs that reached it. */
export function stageMedian(runs: readonly MeasuredRun[], stage: string): number | undefined {
  const reached = runs.flatMap(({ stages }) => stages[stage] ?? []);
  return reached.length === 0 ? undefined : percentiles(reached).p50;
}
