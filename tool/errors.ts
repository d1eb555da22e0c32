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
    this.name = new.target.name;
  }
}

/** Codes of the errors of operations on a stack. Programs can rely on them. */
export type StoreErrorCode =
  | "invalid-inputs"
  | "preflight-refused"
  | "guard-refused"
  | "volumes-in-use"
  | "protected"
  | "stack-not-found"
  | "stack-locked"
  | "operation-failed"
  | "cancelled"
  | "pulumi-missing";

/** An error of an operation on a stack. Its `code` never changes; the message is for people and may change. */
export abstract class StoreError extends ToolError {
  abstract readonly code: StoreErrorCode;
}

/** The operation was ended by its signal. The state has what had been made until then; another deployment goes on from there. */
export class CancelledError extends StoreError {
  readonly code = "cancelled";

  constructor(message = "interrupted", options?: ErrorOptions) {
    super(message, ExitCode.Interrupted, options);
  }
}

/** PATH has no Pulumi CLI, or none that can be used. */
export class PulumiMissingError extends StoreError {
  readonly code = "pulumi-missing";

  constructor(message: string, options?: ErrorOptions) {
    super(message, ExitCode.EnvironmentLacks, options);
  }
}

/** Throws `CancelledError` when `signal` has been aborted. */
export function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError();
}

/** Returns what the command exits with when `error` ended it. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof ToolError) return error.exitCode;
  if (!(error instanceof Error)) return ExitCode.FellShort;
  // Told by their marks: not everything that fails has loaded commander or the sandbox.
  if ("code" in error && String(error.code).startsWith("commander.")) {
    return "exitCode" in error && error.exitCode === 0 ? ExitCode.Ok : ExitCode.Refused;
  }
  return ["ToolchainError", "SandboxError"].includes(error.name) ? ExitCode.EnvironmentLacks : ExitCode.FellShort;
}
