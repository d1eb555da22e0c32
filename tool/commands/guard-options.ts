import { Option, type Command } from "commander";
import type { GuardedOperation } from "../features/guards/findings";
import type { StackFlags } from "./stack-options";

/** Options that accept a loss of data. */
export interface GuardFlags extends StackFlags {
  allowDataLoss: string[];
}

/** Options that accept a loss of data or the removal of its protection. */
export interface ProtectionFlags extends GuardFlags {
  allowUnprotected: string[];
}

/** Adds the options that accept by name the changes that production refuses. */
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

/** Options of an operation that could uninstall Longhorn. */
export interface VolumeFlags {
  skipVolumeCheck: boolean;
}

export function skipVolumeCheckOption(): Option {
  return new Option(
    "--skip-volume-check",
    "skip the check of other workloads' volumes before Longhorn is uninstalled",
  ).default(false);
}
