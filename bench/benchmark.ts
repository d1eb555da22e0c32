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

/** Parses `--rounds`. */
export function roundsOf(option: string): number {
  if (!/^[1-9]\d?$/.test(option)) throw new BenchError(`--rounds is "${option}": expected 1 to 99.`);
  return Number(option);
}

/** An error for people, of which only the message is printed. */
export class BenchError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BenchError";
  }
}
