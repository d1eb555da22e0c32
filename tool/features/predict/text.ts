import type { FailoverExplanation } from "../../../components/failover";
import { policyRows, stageRows, type PredictedStack, type PredictionReport } from "./report";
import { table } from "../../terminal/table";

/**
 * Returns a prediction as text: several policies side by side, or one with its stages and its behavior in each failure case.
 */
export function predictionText(report: PredictionReport, sideBySide = report.policies.length !== 1): string {
  const { policies, kubernetesVersion, stack } = report;
  const lines = [
    ...(stack ? [stackLine(stack), ""] : []),
    `Predicted for Kubernetes ${kubernetesVersion}, from the fault to the first successful request (p50 unless noted):`,
    "",
    table(policyRows(policies)),
  ];
  const [policy] = policies;
  if (sideBySide || policy === undefined) return lines.join("\n");
  const { nodeFailure, explanation, nodeDeleted } = policy;
  const stages = "never" in nodeFailure ? `  never: ${nodeFailure.never}` : table(stageRows(policy));
  const deleted = nodeDeleted === undefined ? [] : [`  Deleted node: ${nodeDeleted}.`];
  return [...lines, "", stages, ...(explanation ? ["", ...explanationLines(explanation)] : []), ...deleted].join("\n");
}

function stackLine({ name, from }: PredictedStack): string {
  return from === "state"
    ? `The stores of stack ${name}, as deployed.`
    : `The stores of stack ${name}, as configured; none is deployed yet.`;
}

function explanationLines(explanation: FailoverExplanation): string[] {
  const { podFailure, switchOver, nodeFailure, partition, nodeReturn, evidence } = explanation;
  return [
    `  Pod failure: ${podFailure}`,
    `  Switch-over: ${switchOver}`,
    `  Node failure: ${nodeFailure}`,
    `  Partition: ${partition}`,
    `  Node return: ${nodeReturn}`,
    `  Evidence that a node is powered off: ${evidence}.`,
  ];
}
