import { isDeepStrictEqual } from "node:util";
import type { UserStack } from "../../pulumi/user-stack";
import { throwIfInterrupted } from "../../errors";
import type { Fault } from "../../diagnosis/fault";
import { during, type Progress } from "../../terminal/progress";
import { takeStep } from "./execute";
import { lookAtStack } from "./look";
import { planRepair, type RepairPlan, type RepairStep } from "./plan";

export interface RepairOptions {
  /** Asked with each plan that has steps; nothing is done without a yes. */
  agree: (plan: RepairPlan) => Promise<boolean>;
  progress: Progress;
  signal: AbortSignal;
}

/** What a repair came to. */
export interface RepairReport {
  /** It rises when a field is taken away or changes its meaning. */
  repairVersion: 1;
  /** Everything that was planned, in this order. */
  planned: readonly RepairStep[];
  /** How many of these were done; fewer where nobody agreed. */
  done: number;
  /** What is still wrong, with what to do. */
  left: readonly Fault[];
}

/**
 * Looks, plans, asks and mends, until there is nothing left to mend: what a mended state holds can only be seen then. A step that is
 * still needed after it was done ends it.
 */
export async function repairStack(user: UserStack, { agree, progress, signal }: RepairOptions): Promise<RepairReport> {
  const planned: RepairStep[] = [];
  let done = 0;
  for (;;) {
    throwIfInterrupted(signal);
    const patient = await during(progress, `Look at stack ${user.name}`, () => lookAtStack(user));
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
