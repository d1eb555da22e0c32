import type { Command } from "commander";
import { changesText } from "../pulumi/text";
import type { CommandContext } from "./context";
import { guarded, withGuardOptions, type GuardFlags } from "./guarded";
import { onUserStack } from "./operation";
import { agreed, withStackOptions, yesOption, type ChangingFlags } from "./stack-options";

const example = `
Examples:
  longhorn-s3 refresh --stack prod
  longhorn-s3 refresh --stack prod --yes --json
`;

/** `longhorn-s3 refresh` */
export function addRefreshCommand(program: Command, context: CommandContext): void {
  withGuardOptions(withStackOptions(program.command("refresh")), "refresh")
    .addOption(yesOption())
    .addHelpText("after", example)
    .action((flags: ChangingFlags & GuardFlags) =>
      onUserStack(flags, context, async (step) => {
        const { summary: preview, guards } = await guarded("refresh", flags, context, (onEvent) =>
          step("Preview", (stack, options) => stack.previewRefresh({ ...options, onEvent })),
        );
        const question = `Refresh the state of stack ${flags.stack}: ${changesText(preview.changes)}?`;
        if (!(await agreed(question, flags, context))) return undefined;
        const summary = await step("Refresh", (stack, options) => stack.refresh(options));
        return { ...summary, guards };
      }),
    );
}
