/** Exit codes of the command. */
export const ExitCode = {
  /** Success. */
  Ok: 0,
  /** Failure: an operation failed, an object was lost, no recovery within the limit, an alarm, or leftovers. */
  FellShort: 1,
  /** Invalid usage, or refused before anything was changed. */
  Refused: 2,
  /** A prerequisite is missing; the message has the fix. */
  EnvironmentLacks: 3,
  /** Ended by Ctrl-C or SIGTERM, after the cleanup. */
  Interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** An error for people, of which only the message is printed. */
export class ToolError extends Error {
  constructor(
    message: string,
    /** Exit code if this error ends the command. */
    readonly exitCode: ExitCode = ExitCode.FellShort,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Codes of the errors of operations on a stack. They are stable. */
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

/** An error of an operation on a stack. Its `code` is stable; the message may change. */
export abstract class StoreError extends ToolError {
  abstract readonly code: StoreErrorCode;
}

/**
 * The operation was canceled by its signal. The state holds the resources created until then; another deployment
 * continues from there.
 */
export class CancelledError extends StoreError {
  readonly code = "cancelled";

  constructor(message = "interrupted", options?: ErrorOptions) {
    super(message, ExitCode.Interrupted, options);
  }
}

/** There is no usable Pulumi CLI on PATH. */
export class PulumiMissingError extends StoreError {
  readonly code = "pulumi-missing";

  constructor(message: string, options?: ErrorOptions) {
    super(message, ExitCode.EnvironmentLacks, options);
  }
}

/** Throws `CancelledError` if `signal` is aborted. */
export function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError();
}

/** Returns the exit code for an error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof ToolError) return error.exitCode;
  if (!(error instanceof Error)) return ExitCode.FellShort;
  // Recognized by their fields, without loading Commander or the sandbox.
  if ("code" in error && String(error.code).startsWith("commander.")) {
    return "exitCode" in error && error.exitCode === 0 ? ExitCode.Ok : ExitCode.Refused;
  }
  return ["ToolchainError", "SandboxError"].includes(error.name) ? ExitCode.EnvironmentLacks : ExitCode.FellShort;
}
