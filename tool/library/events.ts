import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { StoreErrorCode } from "../errors";
import type { StackEvent, Verification } from "../features/deploy-stack/events";
import { resourceStep, type ResourceStep, type StepMetadata } from "../features/deploy-stack/resource-step";
import type { StuckPod } from "../features/verify/stuck-pods";
import { firstLine, labelOf, withoutColours } from "../pulumi/progress";

/** Event of an operation. */
export type StoreEvent = PlannedEvent | ResourceEvent | WarningEvent | StuckPodEvent | VerifiedEvent | FinishedEvent;

/** Plan of a preview. */
export interface PlannedEvent {
  type: "planned";
  /** Number of resources by the engine's operation: `create`, `update`, `replace`, `delete`, `same`. */
  changes: Readonly<Record<string, number>>;
  /** Planned changes, without unchanged resources. */
  resources: readonly ResourceStep[];
}

/** Step of the engine that started, waits, succeeded or failed. */
export interface ResourceEvent extends ResourceStep {
  type: "resource-started" | "resource-waiting" | "resource-done" | "resource-failed";
  /** For `resource-waiting`: the condition that the resource is waiting for. */
  message?: string;
}

export interface WarningEvent {
  type: "warning";
  message: string;
}

/** Pod on an unreachable node that the update would wait for until the node is fenced or returns. */
export interface StuckPodEvent {
  type: "stuck-pod";
  pod: StuckPod;
  /** The pod, the Deployment that waits for it, and the fix. */
  message: string;
}

/** Result of the comparison of the deployed configuration with the cluster. */
export interface VerifiedEvent {
  type: "verified";
  verification: Verification;
}

/** Last event of each operation. */
export interface FinishedEvent {
  type: "finished";
  outcome: "succeeded" | "failed" | "cancelled";
  /** Code of the error, if there is one. */
  code?: StoreErrorCode;
}

/** Converts the events of an operation on a stack to those of the library, and keeps track of running steps. */
export class EventReader {
  private readonly underWay = new Map<string, ResourceStep & { message?: string }>();
  private readonly warnings = new Set<string>();

  /** Returns the event for a caller; undefined for most events. */
  read(event: StackEvent): StoreEvent | undefined {
    switch (event.type) {
      case "engine":
        return event.step === "Preview" ? this.readPreview(event.event) : this.readEngine(event.event);
      case "warning":
      case "preflight":
        return this.warning(event.message);
      case "planned":
      case "stuck-pod":
      case "verified":
        return event;
      case "step-started":
      case "step-progressed":
      case "step-succeeded":
      case "step-failed":
      case "volumes":
      case "operated":
        return undefined;
    }
  }

  /** Returns only the warnings of a preview, which changes nothing. */
  private readPreview({ diagnosticEvent: said }: EngineEvent): StoreEvent | undefined {
    return said?.severity === "warning" ? this.said(said) : undefined;
  }

  private readEngine(event: EngineEvent): StoreEvent | undefined {
    const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent } = event;
    if (resourcePreEvent) return this.begun(resourcePreEvent.metadata);
    if (resOutputsEvent) return this.ended(resOutputsEvent.metadata.urn, "resource-done");
    if (resOpFailedEvent) return this.ended(resOpFailedEvent.metadata.urn, "resource-failed");
    return diagnosticEvent && this.said(diagnosticEvent);
  }

  /** Returns each warning once, regardless of its source. */
  private warning(message: string): WarningEvent | undefined {
    if (message === "" || this.warnings.has(message)) return undefined;
    this.warnings.add(message);
    return { type: "warning", message };
  }

  private begun({ urn, op, type }: StepMetadata): ResourceEvent | undefined {
    const step = resourceStep({ urn, op, type });
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
