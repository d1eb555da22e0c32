import type { Command } from "commander";
import type { CommandContext } from "./context";
import { guarded, withGuardOptions, type GuardFlags } from "./guarded";
import { onUserStack } from "./operation";
import { withStackOptions } from "./stack-options";

const example = `
Example:
  longhorn-s3 refresh --stack prod
`;

/** `longhorn-s3 refresh` */
export function addRefreshCommand(program: Command, context: CommandContext): void {
  withGuardOptions(withStackOptions(program.command("refresh")), "refresh")
    .addHelpText("after", example)
    .action((flags: GuardFlags) =>
      onUserStack(flags, context, async (step) => {
        const { guards } = await guarded("refresh", flags, context, (onEvent) =>
          step("Preview", (stack, options) => stack.previewRefresh({ ...options, onEvent })),
        );
        const summary = await step("Refresh", (stack, options) => stack.refresh(options));
        return { ...summary, guards };
      }),
    );
}
