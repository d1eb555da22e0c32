import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { compareDrills } from "../drill/compare";
import { compareText } from "../drill/compare-text";
import type { DrillReport } from "../drill/report";
import { ExitCode, ToolError } from "../errors";
import type { CommandContext } from "./context";
import { jsonOption } from "./options";

const example = `
Example:
  longhorn-s3 drill compare before/report.json after/report.json

Exit codes: 0 not worse, 1 slower, or more objects lost or corrupt, 2 a file is
not a report.
`;

/** Adds `longhorn-s3 drill compare`. */
export function addDrillCompare(drill: Command, context: CommandContext): void {
  drill
    .command("compare")
    .description("Compare the recovery times and the losses of two drills")
    .argument("<before-file>", "report.json of the first drill")
    .argument("<after-file>", "report.json of the second drill, of the same case")
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (before: string, after: string, flags: { json: boolean }) => {
      const [one, other] = await readReports(before, after);
      const comparison = compareDrills(one, other);
      context.print(flags.json ? JSON.stringify(comparison, undefined, 2) : compareText(comparison));
      context.end(comparison.slower || comparison.moreLost ? ExitCode.FellShort : ExitCode.Ok);
    });
}

/** Reads both reports. Throws one error with the problems of both. */
async function readReports(before: string, after: string): Promise<[DrillReport, DrillReport]> {
  const { parseDrillReport } = await import("../drill/parse-report.ts");
  const refusals: string[] = [];
  const [one, other] = [before, after].map((file) => {
    try {
      return parseDrillReport(readText(file), file);
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      refusals.push(error.message);
      return undefined;
    }
  });
  if (one === undefined || other === undefined) throw new ToolError(refusals.join("\n"), ExitCode.Refused);
  return [one, other];
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolError(`cannot read ${file}: ${why}`, ExitCode.Refused, { cause: error });
  }
}
