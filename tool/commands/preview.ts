import type { Command } from "commander";
import type { CommandContext } from "./context";
import { onUserStack } from "./operation";
import { withStackOptions, type StackFlags } from "./stack-options";

const example = `
Example:
  longhorn-s3 preview --stack prod
`;

/** `longhorn-s3 preview` */
export function addPreviewCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command("preview"))
    .addHelpText("after", example)
    .action((flags: StackFlags) =>
      onUserStack(flags, context, (step) => step("Preview", (stack, options) => stack.preview(options))),
    );
}
