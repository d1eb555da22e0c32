import type { Command } from "commander";
import type { CommandContext } from "./context";
import { guarded, withGuardOptions, type GuardFlags } from "./guarded";
import { onUserStack } from "./operation";
import { withStackOptions } from "./stack-options";

const example = `
Example:
  longhorn-s3 preview --stack prod
`;

/** `longhorn-s3 preview` */
export function addPreviewCommand(program: Command, context: CommandContext): void {
  withGuardOptions(withStackOptions(program.command("preview")), "preview")
    .addHelpText("after", example)
    .action((flags: GuardFlags) =>
      onUserStack(flags, context, (step) =>
        guarded("preview", flags, context, (onEvent) =>
          step("Preview", (stack, options) => stack.preview({ ...options, onEvent })),
        ),
      ),
    );
}
