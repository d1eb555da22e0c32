import { Option, type Command } from "commander";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { OperationSummary } from "../deploy/operations";
import { isLoss, judge } from "../guards/acknowledged";
import { guardFindings, type GuardedOperation, type GuardFinding } from "../guards/findings";
import { emptyPlan, isOfProduction, planAfter, type Plan } from "../guards/plan";
import { GuardRefused, IdleAcknowledgement } from "../guards/refused";
import { lossWarning } from "../render/guard-text";
import type { CommandContext } from "./context";
import type { StackFlags } from "./stack-options";

/** What accepts that data is lost, or its protection taken away. */
export interface GuardFlags extends StackFlags {
  allowDataLoss: string[];
  allowUnprotected?: string[];
}

/** Adds the options that accept by name what production refuses. */
export function withGuardOptions(command: Command, operation: GuardedOperation): Command {
  const collected = (value: string, before: string[]): string[] => [...before, value];
  const named = (flags: string, description: string): Option =>
    new Option(flags, description).argParser(collected).default([], "none");
  command.addOption(
    named(
      "--allow-data-loss <name>",
      "on production, accept the loss of a resource or store, by its Pulumi name or URN; repeatable",
    ),
  );
  if (operation === "destroy" || operation === "refresh") return command;
  return command.addOption(
    named(
      "--allow-unprotected <name>",
      "on production, accept a store or Longhorn without protection, by its Pulumi name or URN; repeatable",
    ),
  );
}

/** A preview, and what is in it that production refuses; accepted, or not production. */
export interface GuardedSummary extends OperationSummary {
  guards: readonly GuardFinding[];
}

/**
 * Runs a preview and looks at what it plans. A stack that is not production is only warned.
 *
 * @throws GuardRefused where production would lose data or its protection, and nobody has accepted it by name
 * @throws IdleAcknowledgement where something is accepted that is not planned
 */
export async function guarded(
  operation: GuardedOperation,
  flags: GuardFlags,
  context: CommandContext,
  preview: (onEvent: (event: EngineEvent) => void) => Promise<OperationSummary>,
): Promise<GuardedSummary> {
  let plan = emptyPlan;
  const onEvent = (event: EngineEvent): void => {
    plan = planAfter(plan, event);
  };
  try {
    const summary = await preview(onEvent);
    return { ...summary, guards: look(operation, plan, flags, context) };
  } catch (error) {
    // What the engine itself refuses as protected is better told with its reason; any other failure comes first.
    if (plan.errors.length > 0 && plan.errors.every(isAboutProtection)) look(operation, plan, flags, context);
    throw error;
  }
}

function look(
  operation: GuardedOperation,
  plan: Plan,
  { stack, cwd, json, allowDataLoss, allowUnprotected = [] }: GuardFlags,
  context: CommandContext,
): GuardFinding[] {
  const command = { operation, stack, cwd };
  const findings = guardFindings(plan, operation);
  if (!isOfProduction(plan)) {
    const losses = findings.filter(isLoss);
    for (const loss of losses) context.progress(json).note(`warning: ${lossWarning(loss, command)}`);
    return losses;
  }
  const judged = judge(findings, { dataLoss: allowDataLoss, unprotected: allowUnprotected });
  if (judged.refused.length > 0) throw new GuardRefused(command, judged.refused);
  if (judged.idle.dataLoss.length + judged.idle.unprotected.length > 0) {
    throw new IdleAcknowledgement(command, judged.idle, findings);
  }
  return findings;
}

/** In the engine's words. */
function isAboutProtection(message: string): boolean {
  return /marked for protection|is protected/.test(message);
}
