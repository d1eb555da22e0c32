import type { Command } from "commander";
import type { CommandContext } from "./context";
import { guarded, withGuardOptions, type GuardFlags } from "./guarded";
import { onUserStack } from "./operation";
import { withStackOptions } from "./stack-options";

/** `longhorn-s3 preview` */
export function addPreviewCommand(program: Command, context: CommandContext): void {
  withGuardOptions(withStackOptions(program.command("preview")), "preview")
    .description("Say what an up would change")
    .action((flags: GuardFlags) =>
      onUserStack(flags, context, (step) =>
        guarded("preview", flags, context, (onEvent) =>
          step("Preview", (stack, options) => stack.preview({ ...options, onEvent })),
        ),
      ),
    );
}
