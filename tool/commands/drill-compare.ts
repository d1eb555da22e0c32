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

Exit codes: 0 neither slower nor more lost; 1 slower, or more lost or corrupt;
2 a file is not a report.
`;

/** `longhorn-s3 drill compare` */
export function addDrillCompare(drill: Command, context: CommandContext): void {
  drill
    .command("compare")
    .description("Compare the recovery times and losses of two drills")
    .argument("<before-file>", "path of a report.json")
    .argument("<after-file>", "path of a report.json of the same case")
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (before: string, after: string, flags: { json: boolean }) => {
      const [one, other] = await readReports(before, after);
      const comparison = compareDrills(one, other);
      context.print(flags.json ? JSON.stringify(comparison, undefined, 2) : compareText(comparison));
      context.end(comparison.slower || comparison.moreLost ? ExitCode.FellShort : ExitCode.Ok);
    });
}

/** Reads both reports. Rejects with all violations in both. */
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
    throw new ToolError(`${file} cannot be read: ${why}`, ExitCode.Refused, { cause: error });
  }
}
