import type { EngineEvent } from "@pulumi/pulumi/automation";
import { isDefaultProvider, labelOf } from "../../pulumi/progress";

/** A resource and what the engine does with it. */
export interface ResourceStep {
  /** `Deployment photos-gateway`. */
  resource: string;
  urn: string;
  /** The engine's operation: `create`, `update`, `delete`, … */
  operation: string;
}

/** The step that an event of a preview plans; undefined if the resource stays as it is. */
export function plannedStep({ resourcePreEvent }: EngineEvent): ResourceStep | undefined {
  return resourcePreEvent && resourceStep(resourcePreEvent.metadata);
}

export type StepMetadata = Pick<NonNullable<EngineEvent["resourcePreEvent"]>["metadata"], "urn" | "op" | "type">;

/** The step of an event; undefined for what stays as it is, the stack itself and default providers. */
export function resourceStep({ urn, op, type }: StepMetadata): ResourceStep | undefined {
  if (op === "same" || isDefaultProvider(urn) || type === "pulumi:pulumi:Stack") return undefined;
  return { resource: labelOf(urn, type), urn, operation: op };
}
