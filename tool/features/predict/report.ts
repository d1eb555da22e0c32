import { FailureCase, predictRecovery, stageExplanations, type Prediction } from "../../../components/recovery-model";
import type { FailoverExplanation } from "../../../components/failover";
import type { NamedPolicy } from "./compared-policies";

/** Version of the report. Increases when a field is removed or changes its meaning. */
export const reportVersion = 1;

/** Result of `longhorn-s3 predict --json`. Times are in seconds after the fault. */
export interface PredictionReport {
  reportVersion: typeof reportVersion;
  /** Minor version of Kubernetes. Several are separated by `, ` if the stores of a stack assume different ones. */
  kubernetesVersion: string;
  /** Stack of the policies; absent if they come from options. */
  stack?: PredictedStack;
  policies: PredictedPolicy[];
}

/** Stack of a prediction. */
export interface PredictedStack {
  name: string;
  /** `state`: stores as deployed. `configuration`: as a first `up` would deploy them. */
  from: "state" | "configuration";
}

export interface PredictedPolicy {
  name: string;
  kubernetesVersion: string;
  podFailure: Prediction;
  switchOver: Prediction;
  nodeFailure: Prediction;
  /**
   * Behavior in each failure case, and the evidence that a node is powered off; absent if Longhorn is not configured as the
   * decision requires.
   */
  explanation?: FailoverExplanation;
  /** Effect of a deleted Node object; absent with `AssumeDead`, which needs no evidence. */
  nodeDeleted?: string;
}

/** Returns the predictions for the policies. */
export function predictionReport(policies: readonly NamedPolicy[], stack?: PredictedStack): PredictionReport {
  return {
    reportVersion,
    kubernetesVersion: [...new Set(policies.map(kubernetesVersionOf))].join(", "),
    ...(stack && { stack }),
    policies: policies.map((policy) => ({
      name: policy.name,
      kubernetesVersion: kubernetesVersionOf(policy),
      podFailure: predictRecovery(FailureCase.PodFailure, policy.inputs),
      switchOver: predictRecovery(FailureCase.SwitchOver, policy.inputs),
      nodeFailure: predictRecovery(FailureCase.NodeFailure, policy.inputs),
      ...(policy.explanation && { explanation: policy.explanation }),
      ...(policy.nodeDeleted !== undefined && { nodeDeleted: policy.nodeDeleted }),
    })),
  };
}

const kubernetesVersionOf = ({ inputs }: NamedPolicy): string => inputs.cluster?.kubernetesVersion ?? "1.36";

/** Returns a row per stage of a policy's node failure, with a header; empty if the store never recovers. */
export function stageRows({ nodeFailure }: PredictedPolicy): string[][] {
  if ("never" in nodeFailure) return [];
  const rows = nodeFailure.stages.map(({ stage, p50, p95, p99 }) => {
    const { meaning, source } = stageExplanations[stage];
    return [meaning, seconds(p50), seconds(p95), seconds(p99), source];
  });
  return [["node failure, reached after", "p50", "p95", "p99", "depends on"], ...rows];
}

/** Returns a row per policy, with a header. */
export function policyRows(policies: readonly PredictedPolicy[]): string[][] {
  const rows = policies.map(({ name, podFailure, switchOver, nodeFailure }) => [
    ...[name, cell(podFailure), cell(switchOver), cell(nodeFailure)],
    ...("never" in nodeFailure ? ["", ""] : [seconds(nodeFailure.p95), seconds(nodeFailure.p99)]),
  ]);
  return [["policy", "pod failure", "switch-over", "node failure", "p95", "p99"], ...rows];
}

function cell(prediction: Prediction): string {
  return "never" in prediction ? "never automatically" : seconds(prediction.p50);
}

function seconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} s` : `${Math.round(value)} s`;
}
