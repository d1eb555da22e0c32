import type { FailoverExplanation } from "../../components/failover";
import { policyRows, stageRows, type PredictionReport } from "../predict/report";
import { table } from "./table";

/** A prediction for people: all policies side by side, or one with its stages and what happens in each failure case. */
export function predictionText(report: PredictionReport, sideBySide: boolean): string {
  const { policies, kubernetesVersion } = report;
  const lines = [
    `Predicted for Kubernetes ${kubernetesVersion}, from the fault to the first answer (p50 where nothing is said):`,
    "",
    table(policyRows(policies)),
  ];
  if (sideBySide) return lines.join("\n");
  const [policy] = policies;
  if (policy === undefined) return lines.join("\n");
  const { nodeFailure, explanation } = policy;
  const stages = "never" in nodeFailure ? `  never: ${nodeFailure.never}` : table(stageRows(policy));
  return [...lines, "", stages, ...(explanation ? ["", ...explanationLines(explanation)] : [])].join("\n");
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
