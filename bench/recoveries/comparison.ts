import { FailureCase, percentiles, predictRecovery } from "../../components/recovery-model";
import { Random } from "../../components/recovery-model/random";
import { median } from "../../tool/drill/statistics";
import { sandboxStart } from "../../tool/drill/predicted";
import type { RecoveryCaseName } from "./cases";
import type { MeasuredRun } from "./measured-run";

/** A prediction with its measurement, in seconds after the failure. */
export interface Comparison {
  case: RecoveryCaseName;
  runs: number;
  measured: { minimum: number; median: number; maximum: number };
  /** Confidence interval of the median, at 95 %. */
  interval: readonly [number, number];
  predicted: number;
  predictedP95: number;
  /** Whether the prediction is within the interval. */
  agrees: boolean;
}

/** Compares the prediction of a case with its runs. */
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

/**
 * Returns the bootstrap confidence interval of the median, at 95 %: medians of samples that are redrawn from the
 * measured values.
 */
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
        // The benchmark checks four times a second whether the node is Ready.
        fencedAfterSeconds: [0, 0.3] as const,
      },
    }[caseName],
  );
  return "never" in prediction ? { p50: NaN, p95: NaN } : prediction;
}

/** Returns the median of a stage over the runs that completed it. */
export function stageMedian(runs: readonly MeasuredRun[], stage: string): number | undefined {
  const reached = runs.flatMap(({ stages }) => stages[stage] ?? []);
  return reached.length === 0 ? undefined : percentiles(reached).p50;
}
