import { faultsText } from "../../diagnosis/fault";
import type { RepairPlan } from "./plan";
import type { RepairReport } from "./repair";

/** Returns the planned steps, and the faults that are left to the operator. */
export function repairPlanText({ steps, left }: RepairPlan): string {
  const numbered = steps.map(({ wrong, does }, index) => `${index + 1}. ${wrong}\n   → ${does}`);
  return [...numbered, ...(left.length === 0 ? [] : ["Not repaired by this command:", faultsText(left)])].join("\n");
}

/** Returns the executed steps. */
export function repairReportText({ planned, done, left }: RepairReport): string {
  if (planned.length === 0 && left.length === 0) return "Nothing to repair.";
  if (done < planned.length) return `${done} of ${planned.length} steps executed. To execute the others, use --yes.`;
  return [
    ...(planned.length === 0 ? [] : [`${done} of ${planned.length} steps executed.`]),
    ...(left.length === 0 ? [] : ["Remaining faults:", faultsText(left)]),
  ].join("\n");
}
