import { FailureCase, predictRecovery, stageExplanations, type Prediction } from "../../../components/recovery-model";
import type { FailoverExplanation } from "../../../components/failover";
import type { NamedPolicy } from "./compared-policies";

/** Version of the report; it rises when a field is taken away or changes its meaning. */
export const reportVersion = 1;

/** What `longhorn-s3 predict --json` prints. Seconds after the fault. */
export interface PredictionReport {
  reportVersion: typeof reportVersion;
  /** Minor version of Kubernetes; several with `, ` between them where stores of a stack assume different ones. */
  kubernetesVersion: string;
  /** Whose stores the policies are; absent where they come from options. */
  stack?: PredictedStack;
  policies: PredictedPolicy[];
}

/** The stack that a prediction is for. */
export interface PredictedStack {
  name: string;
  /** `state`: its stores as they were deployed; `configuration`: as a first `up` would deploy them. */
  from: "state" | "configuration";
}

export interface PredictedPolicy {
  name: string;
  kubernetesVersion: string;
  podFailure: Prediction;
  switchOver: Prediction;
  nodeFailure: Prediction;
  /** What happens in each failure case, and who vouches for a dead node; not where Longhorn does not do what the decision needs. */
  explanation?: FailoverExplanation;
  /** Effect of a deleted Node object; absent with `AssumeDead`, which needs no evidence. */
  nodeDeleted?: string;
}

/** The predictions for some policies. */
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
