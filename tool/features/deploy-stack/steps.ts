import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { OperationOptions, OperationSummary, StackOperations } from "../../pulumi/operations";
import type { Acknowledged } from "../guards/acknowledgements";
import type { GuardedOperation } from "../guards/findings";
import { guardedPreview, type Guarded } from "../guards/guarded-preview";
import type { GuardedCommand, OperationWords } from "../guards/words";
import { plannedResource, type PlannedResource } from "../preflight/planned";
import type { StackEvent, StepName } from "./events";
import { idleAdoptions } from "./idle-adoptions";
import { plannedStep, type ResourceStep } from "./resource-step";

/** Stack of an operation, and its listener. */
export interface StackRun {
  stack: string;
  operations: StackOperations;
  words: OperationWords;
  /** Called with each event. An exception ends the operation. */
  onEvent: (event: StackEvent) => void;
  signal?: AbortSignal;
}

/** Preview that was not refused. */
export interface PlannedOperation extends Guarded<OperationSummary> {
  /** Planned changes, without unchanged resources. */
  resources: readonly ResourceStep[];
  /** Resources to create, with their inputs. */
  created: readonly PlannedResource[];
}

/**
 * Previews an operation, and refuses a plan that is not allowed in production.
 *
 * @throws GuardRefusedError if data or its protection would be lost without acceptance, or if something is accepted that is
 * not planned
 * @param explain called after a failed preview with the resources that it planned to create; throws if there is a better
 * explanation
 */
export async function planOperation(
  run: StackRun,
  operation: GuardedOperation,
  accepted: Acknowledged,
  preview: (options: OperationOptions) => Promise<OperationSummary>,
  explain: (created: readonly PlannedResource[]) => Promise<void> = () => Promise.resolve(),
): Promise<PlannedOperation> {
  const resources: ResourceStep[] = [];
  const created: PlannedResource[] = [];
  const note = (event: EngineEvent): void => {
    const [resource, step] = [plannedResource(event), plannedStep(event)];
    if (resource !== undefined) created.push(resource);
    if (step !== undefined) resources.push(step);
  };
  const look = { command: commandOf(run, operation), accepted, warn: warningTo(run) };
  const guarded = await guardedPreview(look, (watch) =>
    runStep(run, "Preview", preview, (event) => {
      watch(event);
      note(event);
    }),
  ).catch(async (error: unknown) => {
    await explain(created);
    throw error;
  });
  if (operation === "up" || operation === "preview") idleAdoptions(guarded.plan).forEach(warningTo(run));
  run.onEvent({ type: "planned", changes: guarded.summary.changes, resources });
  return { ...guarded, resources, created };
}

/** Runs an operation of the engine as one step. */
export async function runStep(
  { onEvent, signal }: StackRun,
  step: StepName,
  operate: (options: OperationOptions) => Promise<OperationSummary>,
  watch: (event: EngineEvent) => void = () => undefined,
): Promise<OperationSummary> {
  onEvent({ type: "step-started", step });
  try {
    const summary = await operate({
      signal,
      onProgress: (progress) => onEvent({ type: "step-progressed", step, progress }),
      onEvent(event) {
        watch(event);
        onEvent({ type: "engine", step, event });
      },
    });
    onEvent({ type: "step-succeeded", step, changes: summary.changes });
    return summary;
  } catch (error) {
    onEvent({ type: "step-failed", step });
    throw error;
  }
}

export function commandOf({ stack, words }: StackRun, operation: GuardedOperation): GuardedCommand {
  return { operation, stack, words };
}

export function warningTo({ onEvent }: StackRun): (message: string) => void {
  return (message) => onEvent({ type: "warning", message });
}
