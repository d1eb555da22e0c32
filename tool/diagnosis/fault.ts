import { ExitCode, StoreError } from "../errors";

/** Faults that an operation can encounter, and the exit codes of the command. */
const exitCodes = {
  "helm-release-stuck": ExitCode.FellShort,
  "helm-upgrade-failed": ExitCode.FellShort,
  "namespace-terminating": ExitCode.FellShort,
  "object-held": ExitCode.FellShort,
  "pod-security": ExitCode.FellShort,
  unschedulable: ExitCode.FellShort,
  "image-pull": ExitCode.FellShort,
  "claim-unbound": ExitCode.FellShort,
  "state-unreadable": ExitCode.FellShort,
  "operations-pending": ExitCode.FellShort,
  "backend-locked": ExitCode.Refused,
  "stack-unknown": ExitCode.Refused,
  "backend-full": ExitCode.EnvironmentLacks,
  "backend-read-only": ExitCode.EnvironmentLacks,
  "passphrase-wrong": ExitCode.EnvironmentLacks,
  "passphrase-missing": ExitCode.EnvironmentLacks,
  "pulumi-missing": ExitCode.EnvironmentLacks,
  "cluster-unreachable": ExitCode.EnvironmentLacks,
  "credentials-refused": ExitCode.EnvironmentLacks,
} as const satisfies Record<string, ExitCode>;

export type FaultKind = keyof typeof exitCodes;

/** Fault, for an operator. */
export interface Fault {
  kind: FaultKind;
  /** Subject: `Pod photos/photos-7f5f`, `Helm release longhorn-system/longhorn`, a stack. */
  subject: string;
  /** One sentence that names the subject and the fault. */
  sentence: string;
  /** Fix. */
  remedy: string;
}

/** Returns the exit code of the command: that of the most severe fault. */
export function exitCodeOfFaults(faults: readonly Fault[]): ExitCode {
  const codes: ExitCode[] = faults.map(({ kind }) => exitCodes[kind]);
  return codes.length === 0 ? ExitCode.FellShort : (codes.sort((a, b) => b - a)[0] ?? ExitCode.FellShort);
}

/** Returns the faults without duplicates of the same kind and subject; the first one stays. */
export function withoutRepetition(faults: readonly Fault[]): Fault[] {
  const isFirst = ({ kind, subject }: Fault, index: number): boolean =>
    faults.findIndex((other) => other.kind === kind && other.subject === subject) === index;
  return faults.filter(isFirst);
}

/** Returns the faults as text, each with its fix below. */
export function faultsText(faults: readonly Fault[]): string {
  return faults.map(({ sentence, remedy }) => `${sentence}\n  → ${remedy}`).join("\n");
}

/** Failure with its known causes. */
export abstract class FaultError extends StoreError {
  constructor(
    message: string,
    /** Known causes, each with its fix; empty if none is known. */
    readonly faults: readonly Fault[],
    options?: ErrorOptions,
  ) {
    super(message, exitCodeOfFaults(faults), options);
  }
}

/**
 * The engine, a provider or the cluster refused an operation. The state contains the completed steps, from which another
 * deployment continues.
 */
export class OperationFailedError extends FaultError {
  readonly code: "operation-failed" | "stack-locked" = "operation-failed";
}

/** Another operation on the stack is running, or was killed and left its lock. */
export class StackLockedError extends OperationFailedError {
  override readonly code = "stack-locked";
}

/** The stack does not exist in the project and backend. */
export class StackNotFoundError extends FaultError {
  readonly code = "stack-not-found";
}

/** Returns the error of a failure: the known causes with their fixes, then the original messages. */
export function faultError(what: string, said: readonly string[], faults: readonly Fault[]): FaultError {
  const words = said.map((line) => `  ${line}`).join("\n");
  const meaning = faults.length === 0 ? "" : `${faultsText(faults)}\n\n`;
  const message = `${meaning}${what}:\n${words}`;
  const isKnown = (wanted: Fault["kind"]): boolean => faults.some(({ kind }) => kind === wanted);
  if (isKnown("stack-unknown")) return new StackNotFoundError(message, faults);
  return isKnown("backend-locked") ? new StackLockedError(message, faults) : new OperationFailedError(message, faults);
}
