import { ExitCode, StoreError } from "../errors";

/** What can go wrong in the middle of an operation, and what the command exits with then. */
const exitCodes = {
  "helm-release-stuck": ExitCode.FellShort,
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

/** Something that is wrong, for people. */
export interface Fault {
  kind: FaultKind;
  /** What it is about: `Pod photos/photos-7f5f`, `Helm release longhorn-system/longhorn`, a stack. */
  subject: string;
  /** What is wrong, in one sentence that names the subject. */
  sentence: string;
  /** What to do about it. */
  remedy: string;
}

/** What the command exits with: of several faults, the gravest says. */
export function exitCodeOfFaults(faults: readonly Fault[]): ExitCode {
  const codes: ExitCode[] = faults.map(({ kind }) => exitCodes[kind]);
  return codes.length === 0 ? ExitCode.FellShort : (codes.sort((a, b) => b - a)[0] ?? ExitCode.FellShort);
}

/** The faults of both lists; of two that are the same kind about the same subject, the first. */
export function withoutRepetition(faults: readonly Fault[]): Fault[] {
  const isFirst = ({ kind, subject }: Fault, index: number): boolean =>
    faults.findIndex((other) => other.kind === kind && other.subject === subject) === index;
  return faults.filter(isFirst);
}

/** Faults as a person reads them: what is wrong, and below it what to do. */
export function faultsText(faults: readonly Fault[]): string {
  return faults.map(({ sentence, remedy }) => `${sentence}\n  → ${remedy}`).join("\n");
}

/** A failure with its known causes. */
export abstract class FaultError extends StoreError {
  constructor(
    message: string,
    /** Known causes, each with what to do; empty if none is known. */
    readonly faults: readonly Fault[],
    options?: ErrorOptions,
  ) {
    super(message, exitCodeOfFaults(faults), options);
  }
}

/** The engine, a provider or the cluster refused. The state has what was made until then; another deployment goes on from there. */
export class OperationFailedError extends FaultError {
  readonly code: "operation-failed" | "stack-locked" = "operation-failed";
}

/** Another operation on the stack is running, or was killed and has left its lock. */
export class StackLockedError extends OperationFailedError {
  override readonly code = "stack-locked";
}

/** The project and backend have no such stack. */
export class StackNotFoundError extends FaultError {
  readonly code = "stack-not-found";
}

/** Makes the error of a failure: the known causes and what to do first, below them what was said, as it was said. */
export function faultError(what: string, said: readonly string[], faults: readonly Fault[]): FaultError {
  const words = said.map((line) => `  ${line}`).join("\n");
  const meaning = faults.length === 0 ? "" : `${faultsText(faults)}\n\n`;
  const message = `${meaning}${what}:\n${words}`;
  const isKnown = (wanted: Fault["kind"]): boolean => faults.some(({ kind }) => kind === wanted);
  if (isKnown("stack-unknown")) return new StackNotFoundError(message, faults);
  return isKnown("backend-locked") ? new StackLockedError(message, faults) : new OperationFailedError(message, faults);
}
