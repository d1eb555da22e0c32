import { CommandError } from "@pulumi/pulumi/automation";
import { withoutFrames, wordsOfCli } from "../pulumi/pulumi-cli";
import { Interrupted } from "../exit-codes";
import { FaultError, faultError } from "../diagnosis/fault";
import { faultsSaid } from "../diagnosis/said";
import { GuardRefused, IdleAcknowledgement } from "../features/guards/refused";
import { PreflightRefused, worthTelling } from "../features/preflight/refused";
import { preflightText } from "../features/preflight/text";
import { VolumesRefused } from "../features/volume-guard/refused";
import {
  CancelledError,
  GuardRefusedError,
  OperationFailedError,
  PreflightRefusedError,
  StackLockedError,
  StackNotFoundError,
  StoreError,
  VolumesInUseError,
} from "./errors";

/** What went wrong, as the library tells it. */
export function storeErrorOf(error: unknown, stack: string, signal?: AbortSignal): StoreError {
  if (error instanceof StoreError) return error;
  if (error instanceof Interrupted || signal?.aborted) {
    return new CancelledError(`The operation on stack ${stack} was cancelled.`, { cause: error });
  }
  if (error instanceof PreflightRefused) {
    const reasons = preflightText(worthTelling(error.findings));
    const message = `Stack ${stack} is refused by what the cluster lacks; nothing was changed:\n${reasons}`;
    return new PreflightRefusedError(message, error.findings);
  }
  if (error instanceof GuardRefused) return new GuardRefusedError(error.message, error.findings);
  if (error instanceof IdleAcknowledgement) return new GuardRefusedError(error.message, [], error.idle);
  if (error instanceof VolumesRefused) return volumesErrorOf(error);
  if (error instanceof FaultError) return failureOf(error, stack);
  const words = error instanceof CommandError ? wordsOfCli(error.message) : undefined;
  if (words === undefined) return new OperationFailedError(messageOf(error), [], { cause: error });
  return failureOf(
    faultError(`pulumi failed on stack ${stack}`, withoutFrames(words), faultsSaid([words], stack)),
    stack,
  );
}

function volumesErrorOf({ message, judged: { refused, idle }, volumes }: VolumesRefused): StoreError {
  return refused.length > 0
    ? new VolumesInUseError(message, volumes)
    : new GuardRefusedError(message, [], { dataLoss: idle, unprotected: [] });
}

function failureOf({ message, faults }: FaultError, stack: string): StoreError {
  const isKind = (wanted: string): boolean => faults.some(({ kind }) => kind === wanted);
  if (isKind("stack-unknown")) return new StackNotFoundError(stack);
  if (isKind("backend-locked")) return new StackLockedError(message, faults);
  return new OperationFailedError(message, faults);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
