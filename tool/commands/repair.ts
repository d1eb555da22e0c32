import type { Command } from "commander";
import { ExitCode } from "../errors";
import { exitCodeOfFaults } from "../diagnosis/fault";
import type { RepairPlan } from "../features/repair/plan";
import { repairStack, type RepairReport } from "../features/repair/repair";
import { repairPlanText, repairReportText } from "../features/repair/text";
import type { CommandContext } from "./context";
import { userStack, withStackOptions, yesOption, type ChangingFlags } from "./stack-options";

const example = `
Example:
  longhorn-s3 repair --stack prod
`;

/** `longhorn-s3 repair` */
export function addCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command("repair"))
    .addOption(yesOption())
    .addHelpText("after", example)
    .action(async (flags: ChangingFlags) => {
      const progress = context.progress(flags.json);
      const agree = (plan: RepairPlan): Promise<boolean> => {
        if (!flags.json) progress.note(repairPlanText(plan));
        if (flags.yes) return Promise.resolve(true);
        return flags.json ? Promise.resolve(false) : (context.confirm?.("Do this?") ?? Promise.resolve(false));
      };
      const report = await repairStack(userStack(flags), { agree, progress, signal: context.signal });
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : repairReportText(report));
      context.end(exitCodeOf(report));
    });
}

/** Returns the exit code: of a refusal if the operator declined the plan, otherwise of the remaining faults. */
function exitCodeOf({ planned, done, left }: RepairReport): ExitCode {
  if (done < planned.length) return ExitCode.Refused;
  return left.length === 0 ? ExitCode.Ok : exitCodeOfFaults(left);
}
