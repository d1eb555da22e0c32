import type { Command } from "commander";
import type { CommandContext } from "./context";
import { guarded, withGuardOptions, type GuardFlags } from "./guarded";
import { onUserStack } from "./operation";
import { agreed, withStackOptions, yesOption, type ChangingFlags } from "./stack-options";

const example = `
Examples:
  longhorn-s3 destroy --stack dev
  longhorn-s3 destroy --stack dev --yes --json
`;

/** `longhorn-s3 destroy` */
export function addDestroyCommand(program: Command, context: CommandContext): void {
  withGuardOptions(withStackOptions(program.command("destroy")), "destroy")
    .addOption(yesOption())
    .addHelpText("after", example)
    .action((flags: ChangingFlags & GuardFlags) =>
      onUserStack(flags, context, async (step) => {
        const { guards } = await guarded("destroy", flags, context, (onEvent) =>
          step("Preview", (stack, options) => stack.previewDestroy({ ...options, onEvent })),
        );
        if (!(await agreed(`Delete everything of stack ${flags.stack}?`, flags, context))) return undefined;
        const summary = await step("Destroy", (stack, options) => stack.destroy(options));
        return { ...summary, guards };
      }),
    );
}
