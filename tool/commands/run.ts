import { CommanderError, type Command } from "commander";
import { ExitCode, exitCodeOf } from "../errors";
import type { CommandContext } from "./context";
import { commandLine } from "./program";

/**
 * Runs a command line. With `--json`, a failure is printed as a report.
 *
 * @param words arguments after `longhorn-s3`
 * @throws the command's error, unless it was printed as JSON
 */
export async function runCommandLine(words: readonly string[], context: CommandContext): Promise<void> {
  let running: Command | undefined;
  const program = (await commandLine(context, words)).hook("preAction", (_, command) => {
    running = command;
  });
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    const { json, stack } = running?.opts<{ json?: boolean; stack?: string }>() ?? {};
    if (json !== true || error instanceof CommanderError) throw error;
    const exitCode = context.signal.aborted ? ExitCode.Interrupted : exitCodeOf(error);
    const { failureReport } = await import("./failure.ts");
    context.print(JSON.stringify(failureReport(error, exitCode, stack), undefined, 2));
    context.end(exitCode);
  }
}
