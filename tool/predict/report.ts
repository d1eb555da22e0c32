import { FailureCase, predictRecovery, stageExplanations, type Prediction } from "../../components/failover/timeline";
import type { FailoverExplanation } from "../../components/failover";
import type { NamedPolicy } from "./compared-policies";

/** Version of the report; it rises when a field is taken away or changes its meaning. */
export const reportVersion = 1;

/** What `longhorn-s3 predict --json` prints. Seconds after the fault. */
export interface PredictionReport {
  reportVersion: typeof reportVersion;
  kubernetesVersion: string;
  policies: PredictedPolicy[];
}

export interface PredictedPolicy {
  name: string;
  podFailure: Prediction;
  switchOver: Prediction;
  nodeFailure: Prediction;
  /** What happens in each failure case, and who vouches for a dead node; not where Longhorn does not do what the decision needs. */
  explanation?: FailoverExplanation;
}

/** The predictions for some policies. */
export function predictionReport(policies: readonly NamedPolicy[], kubernetesVersion = "1.36"): PredictionReport {
  return {
    reportVersion,
    kubernetesVersion,
    policies: policies.map(({ name, inputs, explanation }) => ({
      name,
      podFailure: predictRecovery(FailureCase.PodFailure, inputs),
      switchOver: predictRecovery(FailureCase.SwitchOver, inputs),
      nodeFailure: predictRecovery(FailureCase.NodeFailure, inputs),
      ...(explanation && { explanation }),
    })),
  };
}

/** A row for each stage of one policy's node failure, with a head; none where it never recovers. */
export function stageRows({ nodeFailure }: PredictedPolicy): string[][] {
  if ("never" in nodeFailure) return [];
  const rows = nodeFailure.stages.map(({ stage, p50, p95, p99 }) => {
    const { meaning, source } = stageExplanations[stage];
    return [meaning, seconds(p50), seconds(p95), seconds(p99), source];
  });
  return [["node failure, reached after", "p50", "p95", "p99", "on what it depends"], ...rows];
}

/** A row for each policy, with a head. */
export function policyRows(policies: readonly PredictedPolicy[]): string[][] {
  const rows = policies.map(({ name, podFailure, switchOver, nodeFailure }) => [
    ...[name, cell(podFailure), cell(switchOver), cell(nodeFailure)],
    ...("never" in nodeFailure ? ["", ""] : [seconds(nodeFailure.p95), seconds(nodeFailure.p99)]),
  ]);
  return [["policy", "pod failure", "switch-over", "node failure", "p95", "p99"], ...rows];
}

function cell(prediction: Prediction): string {
  return "never" in prediction ? "never by itself" : seconds(prediction.p50);
}

function seconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} s` : `${Math.round(value)} s`;
}
