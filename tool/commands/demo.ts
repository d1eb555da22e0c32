import { Option, type Command } from "commander";
import { keepText, type KeptSandbox } from "../features/demo/keep";
import type { DemoReport } from "../features/demo/report";
import { reportText } from "../features/demo/report-text";
import { runDemo } from "../features/demo/sequence";
import { ExitCode } from "../errors";
import type { CommandContext } from "./context";
import { directoryOption, jsonOption, profileOption, type SharedOptions } from "./options";

interface DemoFlags extends SharedOptions {
  keep: boolean;
}

/** Result of `longhorn-s3 demo --json`. */
export interface WholeDemoReport extends DemoReport {
  /** Increases when a field is removed or changes its meaning. */
  demoVersion: 1;
  /** Access to the kept sandbox; absent if it was removed. */
  kept?: KeptSandbox;
}

const example = `
Examples:
  longhorn-s3 demo
  longhorn-s3 demo --keep --profile production
`;

/** `longhorn-s3 demo` */
export function addCommand(program: Command, context: CommandContext): void {
  program
    .command("demo")
    .addOption(new Option("--keep", "keep the sandbox running and print how to use it").default(false))
    .addOption(profileOption())
    .addOption(directoryOption())
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async ({ keep, profile, directory, json }: DemoFlags) => {
      const { report, kept } = await runDemo({
        keep,
        profile,
        directory,
        progress: context.progress(json),
        signal: context.signal,
      });
      const whole: WholeDemoReport = { demoVersion: 1, ...report, kept };
      context.print(json ? JSON.stringify(whole, undefined, 2) : reportText(report));
      if (kept && !json) context.print(keepText(kept));
      context.end(report.shortfalls.length === 0 ? ExitCode.Ok : ExitCode.FellShort);
    });
}
