import type { Command } from "commander";
import { changesText } from "../render/deploy-text";
import { findingsText } from "../render/findings-text";
import type { CommandContext } from "./context";
import { onUserStack } from "./operation";
import { agreed, withStackOptions, yesOption, type ChangingFlags } from "./stack-options";
import { verifyStack } from "./verify";

/** `longhorn-s3 up` */
export function addUpCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command("up"))
    .description("Deploy the stack after a preview; say what is wrong and what to do where it fails")
    .addOption(yesOption())
    .action(async (flags: ChangingFlags) => {
      let isDeployed = false;
      await onUserStack(flags, context, async (step) => {
        const { changes } = await step("Preview", (stack, options) => stack.preview(options));
        if (!(await agreed(`Up on stack ${flags.stack}: ${changesText(changes)}?`, flags, context))) return undefined;
        const summary = await step("Up", (stack, options) => stack.up(options));
        isDeployed = true;
        return summary;
      });
      // For machines there is verify --json.
      if (isDeployed && !flags.json) await tellFindings(flags, context);
    });
}

/** What has been deployed stays deployed: whatever is found is told, and fails nothing. */
async function tellFindings(flags: ChangingFlags, context: CommandContext): Promise<void> {
  const progress = context.progress(false);
  try {
    const findings = await verifyStack(flags, progress, context.signal);
    if (findings.length > 0) progress.note(findingsText(findings));
  } catch (error) {
    progress.note(`not verified: ${error instanceof Error ? error.message : String(error)}`);
  }
}
