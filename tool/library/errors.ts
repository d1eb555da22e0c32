import { CommandError } from "@pulumi/pulumi/automation";
import { valueText, violationText } from "../../components/validation/violations";
import { type ConfigProblem, configKey, type ConfigFix, type ConfigPath } from "../../stacks/config/problems";
import { FaultError, faultError, OperationFailedError, StackNotFoundError } from "../diagnosis/fault";
import { faultsSaid } from "../diagnosis/from-messages";
import { CancelledError, ExitCode, StoreError } from "../errors";
import { withoutFrames, wordsOfCli } from "../pulumi/pulumi-cli";

/** Invalid input; secrets are not shown. */
export interface InputProblem {
  /** Path, such as `config.stores.photos.volume.size`. */
  field: string;
  /** Value, as shown in messages. */
  got: string;
  allowed: string;
  /** Field, value, allowed values and fixes, in lines. */
  text: string;
}

/** Inputs were refused, with all violations, before the operation began. */
export class InvalidInputsError extends StoreError {
  readonly code = "invalid-inputs";
  readonly problems: readonly InputProblem[];

  constructor(stack: string, problems: readonly ConfigProblem[]) {
    const shown = problems.map((problem) => ({ ...problemText(problem), got: valueText(problem.got) }));
    const count = problems.length === 1 ? "an input is" : `${problems.length} inputs are`;
    super(
      [`Stack ${valueText(stack)}: ${count} refused. Nothing was changed:`, ...shown.map(({ text }) => text)].join(
        "\n",
      ),
      ExitCode.Refused,
    );
    this.problems = shown;
  }
}

/** A resource of the stack is protected. Nothing was deleted. */
export class ProtectedError extends StoreError {
  readonly code = "protected";

  constructor(
    stack: string,
    /** Protected resources, such as `PersistentVolumeClaim photos-gateway-data`. */
    readonly resources: readonly string[],
  ) {
    super(
      `Stack ${stack} has protected resources. Nothing was deleted: ${resources.join(", ")}. Deploy it with ` +
        "deletionProtection: false in the store (and in longhorn, with allowUninstall: true, if the stack installs it), then destroy it.",
      ExitCode.Refused,
    );
  }
}

/** Returns the error of an operation for the caller, with an explanation of the CLI's message. */
export function storeErrorOf(error: unknown, stack: string, signal?: AbortSignal): StoreError {
  if (error instanceof StackNotFoundError) return notFound(stack, error);
  if (isOfEnding(error, signal)) {
    return new CancelledError(`The operation on stack ${stack} was canceled.`, { cause: error });
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

/** Returns whether the signal has ended the operation, which explains any later failure. */
function isOfEnding(error: unknown, signal: AbortSignal | undefined): boolean {
  const isRefusal = error instanceof StoreError && !(error instanceof FaultError);
  return error instanceof CancelledError || (signal?.aborted === true && !isRefusal);
}

/** Returns the error with the library's function that creates the stack, instead of the command. */
function notFound(stack: string, cause: StackNotFoundError): StackNotFoundError {
  const sentence = `Stack ${valueText(stack)} does not exist in this project and backend`;
  const faults = cause.faults.map((fault) => ({
    ...fault,
    sentence: `${sentence}.`,
    remedy: "deployStore creates it.",
  }));
  return new StackNotFoundError(`${sentence}: deployStore creates it.`, faults, { cause });
}

/** Returns a problem by the fields of the inputs, as a caller of the library has them. */
export function problemText({ path, got, allowed, fixes }: ConfigProblem): {
  field: string;
  allowed: string;
  text: string;
} {
  const field = fieldOf(path);
  const ways = fixes.map(({ note, ...fix }) => ({ field: fixText(fix), note }));
  const text = violationText({ field, got, allowed, fixes: ways }, (way) => way.field);
  return { field, allowed, text };
}

function fixText({ remove = [], set = [] }: ConfigFix): string {
  return [
    ...remove.map((path) => `leave ${fieldOf(path)} out`),
    ...set.map(({ path, value }) => `${fieldOf(path)}: ${valueText(value)}`),
  ].join(", ");
}

/** Returns the field. An input outside of the configuration begins with a separator of its own. */
function fieldOf(path: ConfigPath): string {
  const [first, ...rest] = path;
  if (first === besideConfig) return rest.join(".");
  return configKey(path, { project: "config", stack: "" }).replace(":", ".");
}

/** Prefix of the path of an input that is not part of the configuration. */
export const besideConfig = "\0";
