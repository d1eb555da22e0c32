import { policyRows, stageRows, type PredictionReport } from "../predict/report";
import { table } from "./table";

/** A prediction for people: all policies side by side, or the stages of one. */
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
  const { nodeFailure } = policy;
  return [...lines, "", "never" in nodeFailure ? `  never: ${nodeFailure.never}` : table(stageRows(policy))].join("\n");
}
