/** How the command ends, for scripts. */
export const ExitCode = {
  /** Everything that was asked for held. */
  Ok: 0,
  /** It ran, but something fell short: an operation failed, an object lost, no recovery within the limit, an alarm, something left behind. */
  FellShort: 1,
  /** Wrong usage, or refused before anything was done. */
  Refused: 2,
  /** The machine lacks something that is needed; the message says what to do. */
  EnvironmentLacks: 3,
  /** Ended by Ctrl-C or SIGTERM, after cleaning up. */
  Interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** An error for people: its message is all that they see. */
export class ToolError extends Error {
  constructor(
    message: string,
    /** What the command exits with when nobody handles this error; default `FellShort`. */
    readonly exitCode: ExitCode = ExitCode.FellShort,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "ToolError";
  }
}

/** Thrown where work stops because the user asked for it. */
export class Interrupted extends ToolError {
  constructor() {
    super("interrupted", ExitCode.Interrupted);
    this.name = "Interrupted";
  }
}

/** Throws `Interrupted` when `signal` has been aborted. */
export function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Interrupted();
}
