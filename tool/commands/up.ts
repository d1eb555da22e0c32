import type { Command } from "commander";
import { changesText } from "../render/deploy-text";
import type { CommandContext } from "./context";
import { onUserStack } from "./operation";
import { agreed, withStackOptions, yesOption, type ChangingFlags } from "./stack-options";

/** `longhorn-s3 up` */
export function addUpCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command("up"))
    .description("Deploy the stack after a preview; say what is wrong and what to do where it fails")
    .addOption(yesOption())
    .action((flags: ChangingFlags) =>
      onUserStack(flags, context, async (step) => {
        const { changes } = await step("Preview", (stack, options) => stack.preview(options));
        if (!(await agreed(`Up on stack ${flags.stack}: ${changesText(changes)}?`, flags, context))) return undefined;
        return step("Up", (stack, options) => stack.up(options));
      }),
    );
}
