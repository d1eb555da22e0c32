import { valueText } from "../../components/validation/violations";
import type { ConfigProblem } from "../../stacks/config/problems";
import { FaultError, faultError, OperationFailedError, StackNotFoundError } from "../diagnosis/fault";
import { CommandError } from "@pulumi/pulumi/automation";
import { faultsSaid } from "../diagnosis/said";
import { CancelledError, ExitCode, StoreError } from "../errors";
import { withoutFrames, wordsOfCli } from "../pulumi/pulumi-cli";
import { problemText } from "./problem-text";

/** One input that cannot be taken as it is; a secret is not shown. */
export interface InputProblem {
  /** Such as `config.stores.photos.volume.size`. */
  field: string;
  /** The value as a message shows it. */
  got: string;
  allowed: string;
  /** Field, value, what is allowed, and each way out, in lines. */
  text: string;
}

/** Inputs were refused, all that are wrong at once, before anything was begun. */
export class InvalidInputsError extends StoreError {
  readonly code = "invalid-inputs";
  readonly problems: readonly InputProblem[];

  constructor(stack: string, problems: readonly ConfigProblem[]) {
    const shown = problems.map((problem) => ({ ...problemText(problem), got: valueText(problem.got) }));
    const count = problems.length === 1 ? "an input is" : `${problems.length} inputs are`;
    super(
      [`Stack ${valueText(stack)}: ${count} refused, nothing was done:`, ...shown.map(({ text }) => text)].join("\n"),
      ExitCode.Refused,
    );
    this.problems = shown;
  }
}

/** Something of the stack is protected, so nothing of it was deleted. */
export class ProtectedError extends StoreError {
  readonly code = "protected";

  constructor(
    stack: string,
    /** What is protected: `PersistentVolumeClaim photos-gateway-data`. */
    readonly resources: readonly string[],
  ) {
    super(
      `Stack ${stack} holds what is protected, nothing was deleted: ${resources.join(", ")}. Deploy it with ` +
        "deletionProtection: false in the store (and in longhorn, with allowUninstall: true, where the stack installs it), then destroy it.",
      ExitCode.Refused,
    );
  }
}

/** Returns the error of an operation on a stack as its caller gets it, with what the CLI said explained. */
export function storeErrorOf(error: unknown, stack: string, signal?: AbortSignal): StoreError {
  if (error instanceof StackNotFoundError) return notFound(stack, error);
  if (isOfEnding(error, signal)) {
    return new CancelledError(`The operation on stack ${stack} was cancelled.`, { cause: error });
  }
  if (error instanceof StoreError) return error;
  if (!(error instanceof CommandError)) {
    const message = error instanceof Error ? error.message : String(error);
    return new OperationFailedError(message, [], { cause: error });
  }
  const words = wordsOfCli(error.message);
  const explained = faultError(`pulumi failed on stack ${stack}`, withoutFrames(words), faultsSaid([words], stack));
  return explained instanceof StackNotFoundError ? notFound(stack, explained) : explained;
}

/** Whether the signal has ended the operation: what failed afterwards failed on account of that. */
function isOfEnding(error: unknown, signal: AbortSignal | undefined): boolean {
  const isRefusal = error instanceof StoreError && !(error instanceof FaultError);
  return error instanceof CancelledError || (signal?.aborted === true && !isRefusal);
}

/** To a caller of the library another function makes the stack than to who runs commands. */
function notFound(stack: string, cause: StackNotFoundError): StackNotFoundError {
  const sentence = `There is no stack ${valueText(stack)} in this project and backend`;
  const faults = cause.faults.map((fault) => ({ ...fault, sentence: `${sentence}.`, remedy: "deployStore makes it." }));
  return new StackNotFoundError(`${sentence}: deployStore makes it.`, faults, { cause });
}
