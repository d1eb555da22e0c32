import { BenchError } from "./errors";

/** Says how far a benchmark is, beside its result. */
export const say = (line: string): void => console.error(line);

/** Runs a benchmark to its end; Ctrl-C and SIGTERM abort its signal. Exit code 1 where it fails, 130 where it was interrupted. */
export function runInterruptible(main: (signal: AbortSignal) => Promise<void>): void {
  const interrupt = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => interrupt.abort(new BenchError("interrupted")));
  void main(interrupt.signal).catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = interrupt.signal.aborted ? 130 : 1;
  });
}
