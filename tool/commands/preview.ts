import type { Command } from "commander";
import { previewStack } from "../features/deploy-stack/stack-operations";
import type { CommandContext } from "./context";
import { withGuardOptions, type ProtectionFlags } from "./guard-options";
import { onUserStack } from "./operation";
import { withStackOptions } from "./stack-options";

const example = `
Example:
  longhorn-s3 preview --stack prod
`;

/** `longhorn-s3 preview` */
export function addCommand(program: Command, context: CommandContext): void {
  withGuardOptions(withStackOptions(program.command("preview")), "preview")
    .addHelpText("after", example)
    .action((flags: ProtectionFlags) => onUserStack(flags, context, (run) => previewStack(run, flags)));
}
