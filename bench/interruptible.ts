import { BenchError } from "./errors";

/** Prints the progress of a benchmark to standard error. */
export const say = (line: string): void => console.error(line);

/** Runs a benchmark. Ctrl-C and SIGTERM abort its signal. Exit code 1 on failure, 130 after an interruption. */
export function runInterruptible(main: (signal: AbortSignal) => Promise<void>): void {
  const interrupt = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => interrupt.abort(new BenchError("interrupted")));
  void main(interrupt.signal).catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = interrupt.signal.aborted ? 130 : 1;
  });
}
