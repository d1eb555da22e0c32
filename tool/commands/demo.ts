import { Option, type Command } from "commander";
import { keepText } from "../demo/keep";
import { reportText } from "../demo/report-text";
import { runDemo } from "../demo/sequence";
import { ExitCode } from "../exit-codes";
import type { CommandContext } from "./context";
import { directoryOption, jsonOption, profileOption, type SharedOptions } from "./options";

interface DemoFlags extends SharedOptions {
  keep: boolean;
}

const example = `
Examples:
  longhorn-s3 demo
  longhorn-s3 demo --keep --profile production
`;

/** `longhorn-s3 demo` */
export function addDemoCommand(program: Command, context: CommandContext): void {
  program
    .command("demo")
    .addOption(new Option("--keep", "leave the sandbox running and print how to use it").default(false))
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
      context.print(json ? JSON.stringify({ ...report, kept }, undefined, 2) : reportText(report));
      if (kept && !json) context.print(keepText(kept));
      context.end(report.shortfalls.length === 0 ? ExitCode.Ok : ExitCode.FellShort);
    });
}
