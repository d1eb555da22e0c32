import type { Command } from "commander";
import type { CommandContext } from "./context";
import { onUserStack } from "./operation";
import { withStackOptions, type StackFlags } from "./stack-options";

/** `longhorn-s3 refresh` */
export function addRefreshCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command("refresh"))
    .description("Read the cluster into the stack's state")
    .action((flags: StackFlags) =>
      onUserStack(flags, context, (step) => step("Refresh", (stack, options) => stack.refresh(options))),
    );
}
