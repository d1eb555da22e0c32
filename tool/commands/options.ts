import { Option, type Command } from "commander";
import { ExitCode, ToolError } from "../errors";
import type { SandboxProfile } from "../../sandbox";

/** Options shared by several commands. */
export interface SharedOptions {
  profile: SandboxProfile;
  directory?: string;
  json: boolean;
}

export function profileOption(): Option {
  return new Option("--profile <profile>", "Kubernetes' timing constants: shortened, or those of production")
    .choices(["fast", "production"] satisfies SandboxProfile[])
    .default("fast" satisfies SandboxProfile);
}

export function directoryOption(): Option {
  return new Option("--directory <directory>", "the sandbox's folder (default: below $XDG_STATE_HOME)");
}

export function jsonOption(): Option {
  return new Option("--json", "the result as JSON on stdout, and nothing else").default(false);
}

/**
 * Refuses options that do not apply.
 *
 * @param names as in commander, such as `onNodeFailure`
 * @throws ToolError if there are any
 */
export function refuseOptions(command: Command, names: readonly string[], reason: string): void {
  const given = command.options
    .filter((option) => names.includes(option.attributeName()))
    .filter((option) => command.getOptionValueSource(option.attributeName()) === "cli")
    .map(({ long, flags }) => long ?? flags);
  if (given.length > 0) throw new ToolError(`${given.join(", ")}: ${reason}.`, ExitCode.Refused);
}
