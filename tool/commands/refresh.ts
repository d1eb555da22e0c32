import type { Command } from "commander";
import type { CommandContext } from "./context";
import { guarded, withGuardOptions, type GuardFlags } from "./guarded";
import { onUserStack } from "./operation";
import { withStackOptions } from "./stack-options";

/** `longhorn-s3 refresh` */
export function addRefreshCommand(program: Command, context: CommandContext): void {
  withGuardOptions(withStackOptions(program.command("refresh")), "refresh")
    .description("Read the cluster into the stack's state")
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
