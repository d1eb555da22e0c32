import type { EngineEvent } from "@pulumi/pulumi/automation";
import { isDefaultProvider, labelOf } from "../../pulumi/progress";

/** Resource and the engine's operation on it. */
export interface ResourceStep {
  /** Kind and name, such as `Deployment photos-gateway`. */
  resource: string;
  urn: string;
  /** Operation of the engine: `create`, `update`, `delete`, … */
  operation: string;
}

/** Returns the step that an event of a preview plans; undefined if the resource does not change. */
export function plannedStep({ resourcePreEvent }: EngineEvent): ResourceStep | undefined {
  return resourcePreEvent && resourceStep(resourcePreEvent.metadata);
}

export type StepMetadata = Pick<NonNullable<EngineEvent["resourcePreEvent"]>["metadata"], "urn" | "op" | "type">;

/** Returns the step of an event; undefined for unchanged resources, the stack itself and default providers. */
export function resourceStep({ urn, op, type }: StepMetadata): ResourceStep | undefined {
  if (op === "same" || isDefaultProvider(urn) || type === "pulumi:pulumi:Stack") return undefined;
  return { resource: labelOf(urn, type), urn, operation: op };
}
