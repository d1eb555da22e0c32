/** Exit codes of the command. */
export const ExitCode = {
  /** Everything succeeded. */
  Ok: 0,
  /**
   * The command ran, but a result is bad: an operation failed, an object was lost, a recovery took too long, an alarm was
   * raised, or something was left behind.
   */
  FellShort: 1,
  /** Wrong usage, or refused before any change. */
  Refused: 2,
  /** The machine lacks a requirement; the message has the fix. */
  EnvironmentLacks: 3,
  /** Ended by Ctrl-C or SIGTERM, after cleaning up. */
  Interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Error for the operator, who sees only its message. */
export class ToolError extends Error {
  constructor(
    message: string,
    /**
     * Exit code of the command if this error is not handled.
     *
     * @default `FellShort`
     */
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

/** Error of an operation on a stack. Its `code` is stable; its message may change. */
export abstract class StoreError extends ToolError {
  abstract readonly code: StoreErrorCode;
}

/**
 * The operation was canceled by its signal. The state contains the completed steps, from which another deployment continues.
 */
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

/** Throws `CancelledError` if `signal` was aborted. */
export function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError();
}

/** Returns the exit code of the command for an error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof ToolError) return error.exitCode;
  if (!(error instanceof Error)) return ExitCode.FellShort;
  // Told by their marks: not everything that fails has loaded commander or the sandbox.
  if ("code" in error && String(error.code).startsWith("commander.")) {
    return "exitCode" in error && error.exitCode === 0 ? ExitCode.Ok : ExitCode.Refused;
  }
  return ["ToolchainError", "SandboxError"].includes(error.name) ? ExitCode.EnvironmentLacks : ExitCode.FellShort;
}
