import type { Command } from "commander";
import { refuseOptions } from "./options";

interface Descriptions {
  /** Description of the option `--stack`. */
  stack: string;
  /** @default a kubeconfig of any cluster */
  kubeconfig?: string;
}

/**
 * Adds the options that select a cluster: a stack, whose state names it, or a kubeconfig and a context. A command line with
 * both is refused.
 */
export function withClusterOptions(command: Command, { stack, kubeconfig }: Descriptions): Command {
  return command
    .option("--stack <name>", stack)
    .option("--cwd <folder>", "with --stack: folder of Pulumi.yaml", ".")
    .option(
      "--kubeconfig <file>",
      `without --stack: ${kubeconfig ?? "path of a kubeconfig (default: that of kubectl)"}`,
    )
    .option("--context <name>", "without --stack: context of the kubeconfig (default: its current context)")
    .hook("preAction", refuseTwoClusters);
}

function refuseTwoClusters(command: Command): void {
  if (command.opts<{ stack?: string }>().stack === undefined) {
    return refuseOptions(command, ["cwd"], "it applies to a stack, which --stack selects");
  }
  refuseOptions(command, ["kubeconfig", "context"], "with --stack, the stack determines it");
}
