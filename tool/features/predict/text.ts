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
    `Predicted for Kubernetes ${kubernetesVersion}, from the fault to the first answer (p50 where nothing is said):`,
    "",
    table(policyRows(policies)),
  ];
  const [policy] = policies;
  if (sideBySide || policy === undefined) return lines.join("\n");
  const { nodeFailure, explanation, nodeDeleted } = policy;
  const stages = "never" in nodeFailure ? `  never: ${nodeFailure.never}` : table(stageRows(policy));
  const deleted = nodeDeleted === undefined ? [] : [`  A deleted node: ${nodeDeleted}.`];
  return [...lines, "", stages, ...(explanation ? ["", ...explanationLines(explanation)] : []), ...deleted].join("\n");
}

function stackLine({ name, from }: PredictedStack): string {
  return from === "state"
    ? `The stores of stack ${name}, as they are deployed.`
    : `The stores of stack ${name}, as its configuration has them: none has been deployed yet.`;
}

function explanationLines(explanation: FailoverExplanation): string[] {
  const { podFailure, switchOver, nodeFailure, partition, nodeReturn, evidence } = explanation;
  return [
    `  Pod failure: ${podFailure}`,
    `  Switch-over: ${switchOver}`,
    `  Node failure: ${nodeFailure}`,
    `  Partition: ${partition}`,
    `  The node returns: ${nodeReturn}`,
    `  Who vouches for a dead node: ${evidence}.`,
  ];
}
