import { faultsText } from "../../diagnosis/fault";
import type { RepairPlan } from "./plan";
import type { RepairReport } from "./repair";

/** Returns the planned steps, and the faults that are left to the operator. */
export function repairPlanText({ steps, left }: RepairPlan): string {
  const numbered = steps.map(({ wrong, does }, index) => `${index + 1}. ${wrong}\n   → ${does}`);
  return [...numbered, ...(left.length === 0 ? [] : ["Not mended by this command:", faultsText(left)])].join("\n");
}

/** Returns the executed steps. */
export function repairReportText({ planned, done, left }: RepairReport): string {
  if (planned.length === 0 && left.length === 0) return "Nothing to mend.";
  if (done < planned.length)
    return `${done} of ${planned.length} steps done, nothing else was changed: --yes does them.`;
  return [
    ...(planned.length === 0 ? [] : [`${done} of ${planned.length} steps done.`]),
    ...(left.length === 0 ? [] : ["Still wrong:", faultsText(left)]),
  ].join("\n");
}
