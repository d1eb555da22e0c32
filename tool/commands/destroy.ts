import type { Command } from "commander";
import type { CommandContext } from "./context";
import { guarded, withGuardOptions } from "./guarded";
import { onUserStack } from "./operation";
import { agreed, withStackOptions, yesOption, type ChangingFlags } from "./stack-options";
import { forGuards, skipVolumeCheckOption, volumesBefore, type VolumeFlags } from "./volumes";

const example = `
Examples:
  longhorn-s3 destroy --stack dev
  longhorn-s3 destroy --stack dev --yes --json
  longhorn-s3 destroy --stack dev --allow-data-loss shop/cache
`;

/** `longhorn-s3 destroy` */
export function addDestroyCommand(program: Command, context: CommandContext): void {
  withGuardOptions(withStackOptions(program.command("destroy")), "destroy")
    .addOption(yesOption())
    .addOption(skipVolumeCheckOption())
    .addHelpText("after", example)
    .action((flags: ChangingFlags & VolumeFlags) =>
      onUserStack(flags, context, async (step, operations) => {
        const { guards, plan } = await guarded("destroy", forGuards(flags), context, (onEvent) =>
          step("Preview", (stack, options) => stack.previewDestroy({ ...options, onEvent })),
        );
        const volumes = await volumesBefore("destroy", flags, { operations, plan }, context);
        if (!(await agreed(`Delete everything of stack ${flags.stack}?`, flags, context))) return undefined;
        const summary = await step("Destroy", (stack, options) => stack.destroy(options));
        return { ...summary, guards, volumes };
      }),
    );
}
