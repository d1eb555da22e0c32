import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { BenchError } from "./benchmark";

/** A program with its arguments and its working directory. */
export interface Command {
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
}

/** Measurement of one command or of several in sequence. */
export interface Timing {
  /** Seconds from the start of the first command to the end of the last. */
  seconds: number;
  /** Peak resident memory of the command and its descendants in bytes. */
  peakBytes: number;
  /** Peak memory of each program in bytes, by file name. */
  peakOfPrograms: Record<string, number>;
  /** Standard output of the last command. */
  output: string;
}

/** Milliseconds between two samples of the memory. */
const sampleEvery = 100;

/** Number of output lines shown for a failed command. */
const shownLines = 15;

/**
 * Runs the commands in sequence.
 *
 * @throws BenchError with the end of the output if one fails; the signal's reason if interrupted
 */
export async function timed(commands: readonly Command[], signal?: AbortSignal): Promise<Timing> {
  const begin = performance.now();
  const peaks = new Peaks();
  let output = "";
  for (const command of commands) output = await run(command, peaks, signal);
  return { seconds: (performance.now() - begin) / 1000, ...peaks.found, output };
}

/** Returns the command as typed in a shell. */
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
      reject(new BenchError(`cannot start ${program}: ${error.message}`, { cause: error }));
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

/** Peak memory so far. */
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

/** Memory of one process. */
export interface ProcessMemory {
  pid: number;
  /** File name of the program. */
  program: string;
  /** Resident memory in bytes. Shared memory counts for each process. */
  rssBytes: number;
}

const pageBytes = 4096;

/** Returns the memory of `root` and its descendants. */
export function treeMemory(root: number): ProcessMemory[] {
  const below = readMemory(root);
  if (below === undefined) return [];
  return [below, ...childrenOf(root).flatMap(treeMemory)];
}

export const sum = (processes: readonly ProcessMemory[]): number =>
  processes.reduce((total, { rssBytes }) => total + rssBytes, 0);

/** Returns undefined if the process has ended. */
function readMemory(pid: number): ProcessMemory | undefined {
  try {
    const [, resident = "0"] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ");
    const [program = ""] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return { pid, program: program.split("/").pop() ?? program, rssBytes: Number(resident) * pageBytes };
  } catch {
    return undefined;
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}
