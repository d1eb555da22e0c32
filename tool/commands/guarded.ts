import { Option, type Command } from "commander";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { OperationSummary } from "../pulumi/operations";
import type { GuardedOperation } from "../features/guards/findings";
import { guardedPreview, type Guarded } from "../features/guards/guarded-preview";
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
  const couldUninstall = operation === "destroy" || operation === "up";
  command.addOption(
    named(
      "--allow-data-loss <name>",
      `on production, accept the loss of a resource or store, by its Pulumi name or URN${
        couldUninstall ? ", and on any stack of a volume that others use, by its claim as namespace/name" : ""
      }; repeatable`,
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

/**
 * Runs a preview and looks at what it plans. A stack that is not production is only warned.
 *
 * @throws GuardRefused where production would lose data or its protection, and nobody has accepted it by name
 * @throws IdleAcknowledgement where something is accepted that is not planned
 */
export async function guarded(
  operation: GuardedOperation,
  { stack, cwd, json, allowDataLoss, allowUnprotected = [] }: GuardFlags,
  context: CommandContext,
  preview: (onEvent: (event: EngineEvent) => void) => Promise<OperationSummary>,
): Promise<Guarded<OperationSummary>> {
  return guardedPreview(
    {
      command: { operation, stack, cwd },
      accepted: { dataLoss: allowDataLoss, unprotected: allowUnprotected },
      warn: (text: string): void => context.progress(json).note(`warning: ${text}`),
    },
    preview,
  );
}
