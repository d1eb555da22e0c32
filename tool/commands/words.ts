import type { OperationWords } from "../features/guards/words";
import { commandLine, stackFlags } from "../terminal/command-line";
import { quoted } from "../../components/shell";

const options = { dataLoss: "--allow-data-loss", unprotected: "--allow-unprotected" } as const;

/**
 * Returns the terms for commands on a stack.
 *
 * @param cwd folder of `Pulumi.yaml`
 */
export function commandWords(stack: string, cwd: string): OperationWords {
  const reachedBy = stackFlags(stack, cwd);
  return {
    name: (operation) => operation,
    invocation(operation, accepted) {
      const kinds = ["unprotected", "dataLoss"] as const;
      const flags = kinds.flatMap((kind) => accepted[kind].flatMap((name) => [options[kind], name]));
      return commandLine([operation], [...reachedBy, ...flags]);
    },
    acceptance: (kind, name) => `${options[kind]} ${quoted(name)}`,
    skipPreflight: "--skip-preflight",
    skipVolumeCheck: "--skip-volume-check",
    reachedBy,
  };
}
