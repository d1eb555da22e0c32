import type { CommandContext } from "../../../../tool/commands/context";
import { runCommandLine } from "../../../../tool/commands/run";
import { ExitCode, exitCodeOf } from "../../../../tool/errors";
import { lines, silent } from "../../../../tool/terminal/progress";

/** What a command line came to, as the entry file would tell it. */
export interface Ended {
  exitCode: ExitCode;
  stdout: string;
  /** Notes and the error. */
  stderr: string;
}

/** Runs a command line in this process. */
export async function command(words: readonly string[], more: Partial<CommandContext> = {}): Promise<Ended> {
  const ended: Ended = { exitCode: ExitCode.Ok, stdout: "", stderr: "" };
  const say = (text: string): void => void (ended.stderr += `${text}\n`);
  const context: CommandContext = {
    progress: (json) => (json ? silent : lines(say)),
    print: (text) => void (ended.stdout += text),
    end: (code) => void (ended.exitCode = code),
    signal: new AbortController().signal,
    ...more,
  };
  try {
    await runCommandLine(words, context);
  } catch (error) {
    ended.exitCode = exitCodeOf(error);
    say(error instanceof Error ? error.message : String(error));
  }
  return ended;
}
