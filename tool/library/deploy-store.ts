import type { EngineEvent } from "@pulumi/pulumi/automation";
import { operationsOn, type OperationSummary, type StackOperations } from "../deploy/operations";
import { refuseFirstUp } from "../preflight/first-up";
import { plannedResource, type PlannedResource } from "../preflight/planned";
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
}

/** What a deployment did. */
export interface Deployed extends OperationSummary {
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
      const { summary, resources } = await preview(operationsOn(opened), inputs, emit);
      return { ...summary, resources };
    });
  });
}

/**
 * Deploys a stack's stores: a preview, a look at the cluster where Longhorn is going to be installed, then the update. A stack that is
 * not there yet is made.
 *
 * @throws StoreError
 */
export function deployStore(inputs: DeployInputs): StoreOperation<Deployed> {
  return startOperation(inputs, (emit) => {
    return withStack({ ...inputs, config: resolveConfig(inputs) }, async (opened) => {
      const operations = operationsOn(opened);
      const { planned, reader } = await preview(operations, inputs, emit);
      if (inputs.skipPreflight !== true) {
        await refuseFirstUp(inputs.stack, planned, (text) => emit(reader.warning(text)));
      }
      const { signal } = inputs;
      const summary = await operations.up({ signal, onEvent: (event) => emit(reader.read(event)) });
      return { ...summary, outputs: publicOutputs(await operations.outputs()) };
    });
  });
}

async function preview(operations: StackOperations, { signal }: PreviewInputs, emit: Emit) {
  const reader = new EventReader();
  const planned: PlannedResource[] = [];
  const resources: ResourceStep[] = [];
  const onEvent = (event: EngineEvent): void => {
    const [resource, step] = [plannedResource(event), plannedStep(event)];
    if (resource !== undefined) planned.push(resource);
    if (step !== undefined) resources.push(step);
    if (event.diagnosticEvent?.severity === "warning") emit(reader.read(event));
  };
  const summary = await operations.preview({ signal, onEvent });
  emit({ type: "planned", changes: summary.changes, resources });
  return { summary, resources, planned, reader };
}
