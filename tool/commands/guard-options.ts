import { Option, type Command } from "commander";
import type { GuardedOperation } from "../features/guards/findings";
import type { StackFlags } from "./stack-options";

/** Options that accept data loss. */
export interface GuardFlags extends StackFlags {
  allowDataLoss: string[];
}

/** Options that accept data loss or the removal of protection. */
export interface ProtectionFlags extends GuardFlags {
  allowUnprotected: string[];
}

/** Adds the options that accept, by name, changes that production refuses. */
export function withGuardOptions(command: Command, operation: GuardedOperation): Command {
  const collected = (value: string, before: string[]): string[] => [...before, value];
  const named = (flags: string, description: string): Option =>
    new Option(flags, description).argParser(collected).default([], "none");
  const couldUninstall = operation === "destroy" || operation === "up";
  command.addOption(
    named(
      "--allow-data-loss <name>",
      `with production, accept the loss of a resource or store, by its Pulumi name or URN${
        couldUninstall ? "; on any stack, of a volume of another workload, by its claim as namespace/name" : ""
      }; repeatable`,
    ),
  );
  if (operation === "destroy" || operation === "refresh") return command;
  return command.addOption(
    named(
      "--allow-unprotected <name>",
      "with production, accept a store or Longhorn without protection, by its Pulumi name or URN; repeatable",
    ),
  );
}

/** Options of an operation that may uninstall Longhorn. */
export interface VolumeFlags {
  skipVolumeCheck: boolean;
}

export function skipVolumeCheckOption(): Option {
  return new Option(
    "--skip-volume-check",
    "do not check for volumes of other workloads before Longhorn is uninstalled",
  ).default(false);
}
