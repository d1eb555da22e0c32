import type { Command } from "commander";
import { adoptLonghorn, type AdoptionPlan } from "../features/adopt/adopt";
import { ExitCode } from "../errors";
import { adoptionText, adoptReportText } from "../features/adopt/text";
import type { CommandContext } from "./context";
import { userStack, withStackOptions, yesOption, type ChangingFlags } from "./stack-options";

interface AdoptFlags extends ChangingFlags {
  keep: boolean;
}

const example = `
Example:
  longhorn-s3 adopt --stack prod --keep

The differences are shown before the confirmation. With --json, they are only
printed, unless --yes is set.
Exit codes: 0 adopted; 1 the import failed; 2 declined, or nothing can be
adopted; 3 no access to the cluster.
`;

/** `longhorn-s3 adopt` */
export function addCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command("adopt"))
    .option("--keep", "write the values that can stay as they are to the stack's configuration", false)
    .addOption(yesOption())
    .addHelpText("after", example)
    .action(async (flags: AdoptFlags) => {
      const progress = context.progress(flags.json);
      const agree = (plan: AdoptionPlan): Promise<boolean> => {
        if (!flags.json) progress.note(adoptionText(plan));
        if (flags.yes) return Promise.resolve(true);
        return flags.json ? Promise.resolve(false) : (context.confirm?.("Adopt it?") ?? Promise.resolve(false));
      };
      const options = { keep: flags.keep, agree, progress, signal: context.signal };
      const report = await adoptLonghorn(userStack(flags), options);
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : adoptReportText(report));
      context.end(report.adopted ? ExitCode.Ok : ExitCode.Refused);
    });
}
