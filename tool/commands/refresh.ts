import type { Command } from "commander";
import type { CommandContext } from "./context";
import { onUserStack } from "./operation";
import { withStackOptions, type StackFlags } from "./stack-options";

const example = `
Example:
  longhorn-s3 refresh --stack prod
`;

/** `longhorn-s3 refresh` */
export function addRefreshCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command("refresh"))
    .addHelpText("after", example)
    .action((flags: StackFlags) =>
      onUserStack(flags, context, (step) => step("Refresh", (stack, options) => stack.refresh(options))),
    );
}
