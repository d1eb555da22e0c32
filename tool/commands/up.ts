import type { Command } from "commander";
import { deployStack } from "../features/deploy-stack/stack-operations";
import { changesText } from "../pulumi/progress";
import type { CommandContext } from "./context";
import { skipVolumeCheckOption, withGuardOptions, type ProtectionFlags, type VolumeFlags } from "./guard-options";
import { onUserStack } from "./operation";
import { type ChangingFlags, confirm, withStackOptions, yesOption } from "./stack-options";

interface UpFlags extends ChangingFlags, ProtectionFlags, VolumeFlags {
  skipPreflight: boolean;
}

const example = `
Examples:
  longhorn-s3 up --stack dev
  longhorn-s3 up --stack prod --yes --json
`;

/** `longhorn-s3 up` */
export function addCommand(program: Command, context: CommandContext): void {
  withGuardOptions(withStackOptions(program.command("up")), "up")
    .addOption(yesOption())
    .option("--skip-preflight", "skip the check of the cluster before Longhorn is installed", false)
    .addOption(skipVolumeCheckOption())
    .addHelpText("after", example)
    .action((flags: UpFlags) =>
      onUserStack(flags, context, (run) =>
        deployStack(run, {
          ...flags,
          // For machines there is verify --json.
          skipVerification: flags.json,
          confirm: ({ changes }) => confirm(`Up on stack ${flags.stack}: ${changesText(changes)}?`, flags, context),
        }),
      ),
    );
}
