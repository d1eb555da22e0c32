#!/usr/bin/env node
import { CommanderError } from "commander";
import { createInterface } from "node:readline/promises";
import type { CommandContext } from "./commands/context";
import { runCommandLine } from "./commands/run";
import { CancelledError, ExitCode, exitCodeOf, ToolError } from "./errors";
import type { Questions } from "./features/init/questions";
import { interruptAgain, runningCount } from "./pulumi/running-cli";
import { answerTo, endedCliText, endedText, type SignalsBefore } from "./interruption";
import { printable, printableProgress } from "./terminal/printable";
import { lines, silent, type Progress } from "./terminal/progress";

// The AWS SDK would put a notice about future Node versions between our lines.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

const interrupt = new AbortController();

const words = process.argv.slice(2);
let signals: SignalsBefore = { hasEndedCli: false };

function onSignal(): void {
  const now = performance.now();
  switch (answerTo(now, signals, runningCount())) {
    case "clean up":
      signals = { ...signals, firstMs: now };
      say("\ninterrupted, cleaning up … (once more ends at once)");
      return interrupt.abort(new CancelledError());
    case "end the CLI":
      signals = { ...signals, hasEndedCli: true };
      interruptAgain();
      return say(endedCliText);
    case "end":
      say(endedText(words));
      process.exit(ExitCode.Interrupted);
    case "nothing":
  }
}

function say(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/** Asks the operator. Only "y" and "yes" agree. */
async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^\s*y(es)?\s*$/i.test(
      await terminal.question(`${printable(question)} [y/N] `, { signal: interrupt.signal }),
    );
  } finally {
    terminal.close();
  }
}

async function questions(): Promise<Questions> {
  const { terminalQuestions } = await import("./features/init/terminal-questions.ts");
  return terminalQuestions(process.stdin, process.stderr, interrupt.signal);
}

/** Returns a reporter for a terminal, or one that writes lines. */
async function progressOn(stream: NodeJS.WriteStream): Promise<Progress> {
  // A pseudo-terminal without a width would give a spinner no end of its lines.
  if (!stream.isTTY || !(stream.columns > 0)) return lines(say);
  const { terminal } = await import("./terminal/terminal.ts");
  return printableProgress(terminal(stream));
}

const contextWith = (progress: Progress): CommandContext => ({
  progress: (json) => (json ? silent : progress),
  print: (text) => void process.stdout.write(printable(text.endsWith("\n") ? text : `${text}\n`)),
  confirm: process.stdin.isTTY && process.stderr.isTTY ? confirm : undefined,
  questions: process.stdin.isTTY && process.stderr.isTTY ? questions : undefined,
  end: (code) => {
    process.exitCode = code;
  },
  signal: interrupt.signal,
});

/** Ends the process after the work, even if libraries keep resources open. */
function exit(): void {
  process.stdout.write("", () => process.exit());
}

process.on("SIGINT", onSignal);
process.on("SIGTERM", onSignal);
process.on("SIGHUP", onSignal);
process.exitCode = ExitCode.Ok;

progressOn(process.stderr)
  .then((progress) => runCommandLine(words, contextWith(progress)))
  .catch((error: unknown) => {
    const code = interrupt.signal.aborted ? ExitCode.Interrupted : exitCodeOf(error);
    // commander has printed its own errors, and who interrupts knows it; what then could not be put back has to be said.
    const isToldOnly =
      code === ExitCode.Interrupted && !(error instanceof ToolError && !(error instanceof CancelledError));
    if (!isToldOnly && !(error instanceof CommanderError)) {
      say(error instanceof Error ? error.message : String(error));
    }
    process.exitCode = code;
  })
  .finally(exit);
