import type { Command } from "commander";
import { destroyStack } from "../features/deploy-stack/stack-operations";
import type { CommandContext } from "./context";
import { skipVolumeCheckOption, withGuardOptions, type GuardFlags, type VolumeFlags } from "./guard-options";
import { onUserStack } from "./operation";
import { type ChangingFlags, confirm, withStackOptions, yesOption } from "./stack-options";

const example = `
Examples:
  longhorn-s3 destroy --stack dev
  longhorn-s3 destroy --stack dev --yes --json
  longhorn-s3 destroy --stack dev --allow-data-loss shop/cache
`;

/** `longhorn-s3 destroy` */
export function addCommand(program: Command, context: CommandContext): void {
  withGuardOptions(withStackOptions(program.command("destroy")), "destroy")
    .addOption(yesOption())
    .addOption(skipVolumeCheckOption())
    .addHelpText("after", example)
    .action((flags: ChangingFlags & GuardFlags & VolumeFlags) =>
      onUserStack(flags, context, (run) =>
        destroyStack(run, {
          ...flags,
          confirm: () => confirm(`Delete all resources of stack ${flags.stack}?`, flags, context),
        }),
      ),
    );
}
