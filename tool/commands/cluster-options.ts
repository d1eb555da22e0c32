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
    .option("--cwd <folder>", "with --stack: the folder of Pulumi.yaml", ".")
    .option("--kubeconfig <file>", `without --stack: ${kubeconfig ?? "a kubeconfig (default: where kubectl looks)"}`)
    .option("--context <name>", "without --stack: a context in it (default: its current one)")
    .hook("preAction", refuseTwoClusters);
}

function refuseTwoClusters(command: Command): void {
  if (command.opts<{ stack?: string }>().stack === undefined) {
    return refuseOptions(command, ["cwd"], "it belongs to a stack, which --stack names");
  }
  refuseOptions(command, ["kubeconfig", "context"], "with --stack the stack says it itself");
}
