import type { Command } from "commander";
import { refreshStack } from "../features/deploy-stack/stack-operations";
import { changesText } from "../pulumi/progress";
import type { CommandContext } from "./context";
import { withGuardOptions, type GuardFlags } from "./guard-options";
import { onUserStack } from "./operation";
import { type ChangingFlags, confirm, withStackOptions, yesOption } from "./stack-options";

const example = `
Examples:
  longhorn-s3 refresh --stack prod
  longhorn-s3 refresh --stack prod --yes --json
`;

/** `longhorn-s3 refresh` */
export function addCommand(program: Command, context: CommandContext): void {
  withGuardOptions(withStackOptions(program.command("refresh")), "refresh")
    .addOption(yesOption())
    .addHelpText("after", example)
    .action((flags: ChangingFlags & GuardFlags) => {
      const question = `Refresh the state of stack ${flags.stack}`;
      return onUserStack(flags, context, (run) =>
        refreshStack(run, {
          ...flags,
          confirm: ({ changes }) => confirm(`${question}: ${changesText(changes)}?`, flags, context),
        }),
      );
    });
}
