import type { Command } from "commander";
import { refuseOptions } from "./options";

interface Descriptions {
  /** Description of `--stack`. */
  stack: string;
  /** @default a kubeconfig of any cluster */
  kubeconfig?: string;
}

/**
 * Adds the options that select the cluster: a stack, whose state names the cluster, or a kubeconfig and a context. Both
 * at once are refused.
 */
export function withClusterOptions(command: Command, { stack, kubeconfig }: Descriptions): Command {
  return command
    .option("--stack <name>", stack)
    .option("--cwd <folder>", "with --stack: the folder of Pulumi.yaml", ".")
    .option("--kubeconfig <file>", `without --stack: ${kubeconfig ?? "kubeconfig file (default: that of kubectl)"}`)
    .option("--context <name>", "without --stack: context of the kubeconfig (default: the current one)")
    .hook("preAction", refuseTwoClusters);
}

function refuseTwoClusters(command: Command): void {
  if (command.opts<{ stack?: string }>().stack === undefined) {
    return refuseOptions(command, ["cwd"], "only valid with --stack");
  }
  refuseOptions(command, ["kubeconfig", "context"], "not valid with --stack, which determines it");
}
