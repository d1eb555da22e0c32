import { guardedPreview } from "../features/guards/guarded-preview";
import type { GuardFinding } from "../features/guards/findings";
import { operationsOn, type OperationSummary, type StackOperations } from "../pulumi/operations";
import { refuseFirstUp } from "../features/preflight/first-up";
import { plannedResource, type PlannedResource } from "../features/preflight/planned";
import { acceptedNames } from "../features/volume-guard/accepted";
import { lookAtVolumes } from "../features/volume-guard/look";
import type { VolumeAtStake } from "../features/volume-guard/volumes";
import { resolveConfig } from "./check-inputs";
import { EventReader, plannedStep, type ResourceStep } from "./events";
import type { DeployInputs, PreviewInputs } from "./inputs";
import { startOperation, type Emit, type StoreOperation } from "./operation";
import { publicOutputs, type PublicOutputs } from "./outputs";
import { withStack } from "./work-directory";

/** What a preview found. */
export interface Previewed extends OperationSummary {
  /** All that would not stay as it is. */
  resources: readonly ResourceStep[];
  /** What production refuses, and was accepted; of another stack, what it would lose. */
  guards: readonly GuardFinding[];
}

/** What a deployment did. */
export interface Deployed extends OperationSummary {
  /** What production refuses, and was accepted; of another stack, what it has lost. */
  guards: readonly GuardFinding[];
  /** Volumes of what was deleted, and what became of them. */
  volumes: readonly VolumeAtStake[];
  outputs: PublicOutputs;
}

/**
 * Says what `deployStore` would do. A stack that is not there yet is made, and stays empty.
 *
 * @throws StoreError
 */
export function previewStore(inputs: PreviewInputs): StoreOperation<Previewed> {
  return startOperation(inputs, (emit) => {
    return withStack({ ...inputs, config: resolveConfig(inputs) }, async (opened) => {
      const { summary, resources, guards } = await preview("preview", operationsOn(opened), inputs, emit);
      return { ...summary, resources, guards };
    });
  });
}

/**
 * Deploys a stack's stores: a preview, a look at the cluster where Longhorn is going to be installed or uninstalled, then the update. A
 * stack that is not there yet is made.
 *
 * @throws StoreError
 */
export function deployStore(inputs: DeployInputs): StoreOperation<Deployed> {
  return startOperation(inputs, (emit) => {
    return withStack({ ...inputs, config: resolveConfig(inputs) }, async (opened) => {
      const operations = operationsOn(opened);
      const { stack, signal, allowDataLoss = [], skipPreflight = false, skipVolumeCheck = false } = inputs;
      const { guards, plan, planned, reader } = await preview("up", operations, inputs, emit);
      const warn = (text: string): void => emit(reader.warning(text));
      if (!skipPreflight) await refuseFirstUp(stack, planned, warn);
      const volumes = await lookAtVolumes(operations, plan, {
        command: { operation: "up", stack },
        accepted: acceptedNames(allowDataLoss).volumes,
        isSkipped: skipVolumeCheck,
        warn,
      });
      const summary = await operations.up({ signal, onEvent: (event) => emit(reader.read(event)) });
      return { ...summary, guards, volumes, outputs: publicOutputs(await operations.outputs()) };
    });
  });
}

async function preview(operation: "up" | "preview", operations: StackOperations, inputs: PreviewInputs, emit: Emit) {
  const { stack, signal, allowDataLoss = [], allowUnprotected = [] } = inputs;
  const reader = new EventReader();
  const planned: PlannedResource[] = [];
  const resources: ResourceStep[] = [];
  const look = {
    command: { operation, stack },
    // A preview looks at no volumes, and must take the inputs of the deployment that comes after it.
    accepted: { dataLoss: acceptedNames(allowDataLoss).resources, unprotected: allowUnprotected },
    warn: (text: string): void => emit(reader.warning(text)),
  };
  const { summary, guards, plan } = await guardedPreview(look, (watch) =>
    operations.preview({
      signal,
      onEvent(event) {
        watch(event);
        const [resource, step] = [plannedResource(event), plannedStep(event)];
        if (resource !== undefined) planned.push(resource);
        if (step !== undefined) resources.push(step);
        if (event.diagnosticEvent?.severity === "warning") emit(reader.read(event));
      },
    }),
  );
  emit({ type: "planned", changes: summary.changes, resources });
  return { summary, guards, plan, resources, planned, reader };
}
