import { StoreError } from "../errors";
import { exitCodeOfFaults, faultsText, type Fault } from "./fault";

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
