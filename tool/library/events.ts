import type { EngineEvent } from "@pulumi/pulumi/automation";
import { firstLine, isDefaultProvider, labelOf, withoutColours } from "../pulumi/progress";
import type { StoreErrorCode } from "./errors";

/** What happens in an operation. */
export type StoreEvent = PlannedEvent | ResourceEvent | WarningEvent | FinishedEvent;

/** A preview says what is going to be done. */
export interface PlannedEvent {
  type: "planned";
  /** Number of resources by the engine's operation: `create`, `update`, `replace`, `delete`, `same`. */
  changes: Readonly<Record<string, number>>;
  /** All that does not stay as it is. */
  resources: readonly ResourceStep[];
}

/** The engine has begun a step, waits in it, is done with it, or failed. */
export interface ResourceEvent extends ResourceStep {
  type: "resource-started" | "resource-waiting" | "resource-done" | "resource-failed";
  /** Of `resource-waiting`: for what. */
  message?: string;
}

/** A resource and what the engine does with it. */
export interface ResourceStep {
  /** `Deployment photos-gateway`. */
  resource: string;
  urn: string;
  /** The engine's operation: `create`, `update`, `delete`, … */
  operation: string;
}

export interface WarningEvent {
  type: "warning";
  message: string;
}

/** The last event of each operation. */
export interface FinishedEvent {
  type: "finished";
  outcome: "succeeded" | "failed" | "cancelled";
  /** Of the error, where there is one. */
  code?: StoreErrorCode;
}

/** Turns the engine's events into ours; it keeps what has begun. */
export class EventReader {
  private readonly underWay = new Map<string, ResourceStep & { message?: string }>();
  private readonly warnings = new Set<string>();

  /** What an event of the engine means; most mean nothing. */
  read({ resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent }: EngineEvent): StoreEvent | undefined {
    if (resourcePreEvent) return this.begun(resourcePreEvent.metadata);
    if (resOutputsEvent) return this.ended(resOutputsEvent.metadata.urn, "resource-done");
    if (resOpFailedEvent) return this.ended(resOpFailedEvent.metadata.urn, "resource-failed");
    return diagnosticEvent && this.said(diagnosticEvent);
  }

  /** A text from elsewhere, such as a preflight. */
  warning(message: string): WarningEvent | undefined {
    if (message === "" || this.warnings.has(message)) return undefined;
    this.warnings.add(message);
    return { type: "warning", message };
  }

  private begun({ urn, op, type }: StepMetadata): ResourceEvent | undefined {
    const step = stepOf({ urn, op, type });
    if (step === undefined || this.underWay.has(urn)) return undefined;
    this.underWay.set(urn, step);
    return { type: "resource-started", ...step };
  }

  private ended(urn: string, type: "resource-done" | "resource-failed"): ResourceEvent | undefined {
    const step = this.underWay.get(urn);
    if (step === undefined) return undefined;
    this.underWay.delete(urn);
    const { resource, operation } = step;
    return { type, resource, urn, operation };
  }

  private said({ message, severity, urn = "", ephemeral }: NonNullable<EngineEvent["diagnosticEvent"]>) {
    const text = withoutColours(message).trim();
    if (severity === "warning" && !ephemeral) return this.warning(urn === "" ? text : `${labelOf(urn)}: ${text}`);
    const step = this.underWay.get(urn);
    const waits = firstLine(text);
    if (!ephemeral || step === undefined || waits === "" || waits === step.message) return undefined;
    step.message = waits;
    return { type: "resource-waiting", ...step } as const;
  }
}

/** What a preview says is going to be done with a resource; undefined where that is nothing. */
export function plannedStep({ resourcePreEvent }: EngineEvent): ResourceStep | undefined {
  return resourcePreEvent && stepOf(resourcePreEvent.metadata);
}

type StepMetadata = Pick<NonNullable<EngineEvent["resourcePreEvent"]>["metadata"], "urn" | "op" | "type">;

function stepOf({ urn, op, type }: StepMetadata): ResourceStep | undefined {
  if (op === "same" || isDefaultProvider(urn) || type === "pulumi:pulumi:Stack") return undefined;
  return { resource: labelOf(urn, type), urn, operation: op };
}
