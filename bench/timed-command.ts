import { spawn } from "node:child_process";
import { BenchError } from "./errors";
import { sum, treeMemory } from "./process-tree";

/** A program with its arguments, and where it runs. */
export interface Command {
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
}

/** What one command, or several in a row, came to. */
export interface Timing {
  /** From the start of the first to the end of the last. */
  seconds: number;
  /** Most resident memory at one moment of the command and everything that it started, bytes. */
  peakBytes: number;
  /** The most of each program, bytes, by the program's file name. */
  peakOfPrograms: Record<string, number>;
  /** Standard output of the last. */
  output: string;
}

/** Milliseconds between two looks at the memory. */
const sampleEvery = 100;

/** Lines of a failed command's output that are shown. */
const shownLines = 15;

/**
 * Runs the commands one after the other.
 * @throws BenchError with the end of its output where one fails; the signal's reason where it was interrupted
 */
export async function timed(commands: readonly Command[], signal?: AbortSignal): Promise<Timing> {
  const begin = performance.now();
  const peaks = new Peaks();
  let output = "";
  for (const command of commands) output = await run(command, peaks, signal);
  return { seconds: (performance.now() - begin) / 1000, ...peaks.found, output };
}

/** The command as one would type it. */
export const commandLine = ({ program, args }: Pick<Command, "program" | "args">): string =>
  [program.split("/").pop() ?? program, ...args].join(" ");

function run(command: Command, peaks: Peaks, signal?: AbortSignal): Promise<string> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const { program, args, env, cwd } = command;
    const child = spawn(program, args, { env, cwd, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let all = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => ((stdout += text), (all += text)));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (all += text));
    const { pid } = child;
    const sampling = setInterval(() => pid !== undefined && peaks.see(pid), sampleEvery);
    const interrupt = (): void => void child.kill("SIGINT");
    signal?.addEventListener("abort", interrupt, { once: true });
    const end = (): void => {
      clearInterval(sampling);
      signal?.removeEventListener("abort", interrupt);
    };
    child.once("error", (error) => {
      end();
      reject(new BenchError(`${program} cannot be started: ${error.message}`, { cause: error }));
    });
    child.once("close", (code, killedBy) => {
      end();
      if (signal?.aborted) return reject(new BenchError("interrupted"));
      if (code === 0) return resolve(stdout);
      reject(
        new BenchError(
          `"${commandLine(command)}" ended with ${killedBy ?? `code ${String(code)}`}:\n${lastLines(all)}`,
        ),
      );
    });
  });
}

/** The most memory seen so far. */
class Peaks {
  private bytes = 0;
  private readonly ofPrograms: Record<string, number> = {};

  see(pid: number): void {
    const tree = treeMemory(pid);
    this.bytes = Math.max(this.bytes, sum(tree));
    for (const { program, rssBytes } of tree) {
      this.ofPrograms[program] = Math.max(this.ofPrograms[program] ?? 0, rssBytes);
    }
  }

  get found(): { peakBytes: number; peakOfPrograms: Record<string, number> } {
    return { peakBytes: this.bytes, peakOfPrograms: this.ofPrograms };
  }
}

function lastLines(text: string): string {
  const lines = text.trimEnd().split("\n");
  return lines
    .slice(-shownLines)
    .map((line) => `  ${line}`)
    .join("\n");
}
