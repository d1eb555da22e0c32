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
  return new Option("--profile <profile>", "timing constants of Kubernetes: shortened, or production values")
    .choices(["fast", "production"] satisfies SandboxProfile[])
    .default("fast" satisfies SandboxProfile);
}

export function directoryOption(): Option {
  return new Option("--directory <directory>", "folder of the sandbox (default: in $XDG_STATE_HOME)");
}

export function jsonOption(): Option {
  return new Option("--json", "print only the result, as JSON").default(false);
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
