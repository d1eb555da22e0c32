import { valueText } from "../../components/validation/violations";
import type { ConfigProblem } from "../../stacks/config/problems";
import type { Fault } from "../diagnosis/fault";
import type { Acknowledged } from "../features/guards/acknowledged";
import type { GuardFinding } from "../features/guards/findings";
import type { PreflightFinding } from "../features/preflight/findings";
import type { VolumeAtStake } from "../features/volume-guard/volumes";
import { problemText } from "./problem-text";

/** What an operation of the library fails with. `code` stays what it is; the message is for people and may change. */
export abstract class StoreError extends Error {
  abstract readonly code: StoreErrorCode;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

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
    );
    this.problems = shown;
  }
}

/** The cluster lacks something without which a first deployment would fail; nothing was changed. */
export class PreflightRefusedError extends StoreError {
  readonly code = "preflight-refused";

  constructor(
    message: string,
    readonly findings: readonly PreflightFinding[],
  ) {
    super(message);
  }
}

/** Production would lose data or its protection and nobody has accepted it, or what was accepted is not planned; nothing was changed. */
export class GuardRefusedError extends StoreError {
  readonly code = "guard-refused";

  constructor(
    message: string,
    /** What would be lost or be without protection; empty where only names accept nothing. */
    readonly findings: readonly GuardFinding[],
    /** Names that accept nothing which is planned. */
    readonly idle: Acknowledged = { dataLoss: [], unprotected: [] },
  ) {
    super(message);
  }
}

/** Longhorn would be uninstalled with volumes that others use; nothing was changed. */
export class VolumesInUseError extends StoreError {
  readonly code = "volumes-in-use";

  constructor(
    message: string,
    /** All volumes that would go; those of others have `use: "in-use"`. */
    readonly volumes: readonly VolumeAtStake[],
  ) {
    super(message);
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
    );
  }
}

/** There is no such stack in the project and the backend. */
export class StackNotFoundError extends StoreError {
  readonly code = "stack-not-found";

  constructor(stack: string, options?: ErrorOptions) {
    super(`There is no stack ${valueText(stack)} in this project and backend: deployStore makes it.`, options);
  }
}

/** The engine, a provider or the cluster said no. What was made until then is in the state; another deployment goes on from there. */
export class OperationFailedError extends StoreError {
  readonly code: "operation-failed" | "stack-locked" = "operation-failed";

  constructor(
    message: string,
    /** What is known about why, each with what to do; empty where nothing is. */
    readonly faults: readonly Fault[],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Another operation on the stack is running, or was killed and has left its lock. */
export class StackLockedError extends OperationFailedError {
  override readonly code = "stack-locked";
}

/** The operation was ended by its signal. What had been made until then is in the state; another deployment goes on from there. */
export class CancelledError extends StoreError {
  readonly code = "cancelled";
}

/** There is no Pulumi CLI on PATH, or not one that can be used. */
export class PulumiMissingError extends StoreError {
  readonly code = "pulumi-missing";
}
