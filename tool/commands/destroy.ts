import type { Command } from "commander";
import type { CommandContext } from "./context";
import { onUserStack } from "./operation";
import { agreed, withStackOptions, yesOption, type ChangingFlags } from "./stack-options";

const example = `
Examples:
  longhorn-s3 destroy --stack dev
  longhorn-s3 destroy --stack dev --yes --json
`;

/** `longhorn-s3 destroy` */
export function addDestroyCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command("destroy"))
    .addOption(yesOption())
    .addHelpText("after", example)
    .action((flags: ChangingFlags) =>
      onUserStack(flags, context, async (step) => {
        if (!(await agreed(`Delete everything of stack ${flags.stack}?`, flags, context))) return undefined;
        return step("Destroy", (stack, options) => stack.destroy(options));
      }),
    );
}
