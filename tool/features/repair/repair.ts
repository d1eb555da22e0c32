import { isDeepStrictEqual } from "node:util";
import type { UserStack } from "../../pulumi/user-stack";
import { throwIfInterrupted } from "../../errors";
import type { Fault } from "../../diagnosis/fault";
import { during, type Progress } from "../../terminal/progress";
import { takeStep } from "./execute";
import { lookAtStack } from "./look";
import { planRepair, type RepairPlan, type RepairStep } from "./plan";

export interface RepairOptions {
  /** Asked with each plan that has steps. Without agreement, nothing is done. */
  agree: (plan: RepairPlan) => Promise<boolean>;
  progress: Progress;
  signal: AbortSignal;
}

/** Result of a repair. */
export interface RepairReport {
  /** Increases when a field is removed or changes its meaning. */
  repairVersion: 1;
  /** All planned steps, in order. */
  planned: readonly RepairStep[];
  /** Number of executed steps; fewer if the operator declined. */
  done: number;
  /** Remaining faults, each with its fix. */
  left: readonly Fault[];
}

/**
 * Reads, plans, asks and repairs until nothing is left, because the content of a repaired state is only visible afterwards.
 * Ends if a step is still needed after its execution.
 */
export async function repairStack(user: UserStack, { agree, progress, signal }: RepairOptions): Promise<RepairReport> {
  const planned: RepairStep[] = [];
  let done = 0;
  for (;;) {
    throwIfInterrupted(signal);
    const patient = await during(progress, `Check stack ${user.name}`, () => lookAtStack(user));
    const plan = planRepair(patient.findings);
    const steps = plan.steps.filter((step) => !planned.some((earlier) => isDeepStrictEqual(earlier, step)));
    if (steps.length === 0) return { repairVersion: 1, planned, done, left: plan.left };
    planned.push(...steps);
    if (!(await agree({ ...plan, steps }))) return { repairVersion: 1, planned, done, left: plan.left };
    for (const step of steps) {
      throwIfInterrupted(signal);
      await during(progress, step.does, () => takeStep(step, patient));
      done += 1;
    }
  }
}
