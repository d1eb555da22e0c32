import type { EngineEvent } from "@pulumi/pulumi/automation";
import { lossWarning } from "./text";
import type { GuardedCommand } from "./words";
import { isLoss, judge, type Acknowledged } from "./acknowledgements";
import { guardFindings, type GuardFinding } from "./findings";
import { emptyPlan, isOfProduction, planAfter, type Plan } from "./plan";
import { guardRefused, idleAcknowledgement } from "./refused";

/** Options of a checked preview. */
export interface GuardedLook {
  command: GuardedCommand;
  accepted: Acknowledged;
  /** Receives the planned losses of a stack that is not production. */
  warn: (text: string) => void;
}

/** Result of a checked preview. */
export interface Guarded<Summary> {
  summary: Summary;
  /** Findings that production refuses: accepted ones, or those of a stack that is not production. */
  guards: readonly GuardFinding[];
  plan: Plan;
}

/**
 * Runs a preview and checks its plan. A stack that is not production only receives warnings.
 *
 * @param preview passes each event of the engine to its argument
 * @throws GuardRefusedError if production would lose data or its protection without acceptance by name, or if something is
 * accepted that is not planned
 */
export async function guardedPreview<Summary>(
  look: GuardedLook,
  preview: (onEvent: (event: EngineEvent) => void) => Promise<Summary>,
): Promise<Guarded<Summary>> {
  let plan = emptyPlan;
  const onEvent = (event: EngineEvent): void => {
    plan = planAfter(plan, event);
  };
  try {
    const summary = await preview(onEvent);
    return { summary, guards: lookAt(plan, look), plan };
  } catch (error) {
    // What the engine itself refuses as protected is better told with its reason; any other failure comes first.
    if (plan.errors.length > 0 && plan.errors.every(isAboutProtection)) lookAt(plan, look);
    throw error;
  }
}

function lookAt(plan: Plan, { command, accepted, warn }: GuardedLook): GuardFinding[] {
  const findings = guardFindings(plan, command.operation);
  if (!isOfProduction(plan)) {
    const losses = findings.filter(isLoss);
    for (const loss of losses) warn(lossWarning(loss, command));
    return losses;
  }
  const { refused, idle } = judge(findings, accepted);
  if (refused.length > 0) throw guardRefused(command, refused);
  if (idle.dataLoss.length + idle.unprotected.length > 0) throw idleAcknowledgement(command, idle, findings);
  return findings;
}

/** Matches the engine's message. */
function isAboutProtection(message: string): boolean {
  return /marked for protection|is protected/.test(message);
}
