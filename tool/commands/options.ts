import { Option } from "commander";
import type { SandboxProfile } from "../../sandbox";

/** The options that several commands have. */
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
