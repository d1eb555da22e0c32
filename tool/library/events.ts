import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { StoreErrorCode } from "../errors";
import type { StackEvent, Verification } from "../features/deploy-stack/events";
import { resourceStep, type ResourceStep, type StepMetadata } from "../features/deploy-stack/resource-step";
import type { StuckPod } from "../features/verify/stuck-pods";
import { firstLine, labelOf, withoutColours } from "../pulumi/progress";

/** An event of an operation. */
export type StoreEvent = PlannedEvent | ResourceEvent | WarningEvent | StuckPodEvent | VerifiedEvent | FinishedEvent;

/** Planned changes, reported by a preview. */
export interface PlannedEvent {
  type: "planned";
  /** Number of resources by operation of the engine: `create`, `update`, `replace`, `delete`, `same`. */
  changes: Readonly<Record<string, number>>;
  /** All resources that change. */
  resources: readonly ResourceStep[];
}

/** The engine has started a step, waits in it, has completed it, or failed. */
export interface ResourceEvent extends ResourceStep {
  type: "resource-started" | "resource-waiting" | "resource-done" | "resource-failed";
  /** Condition that the resource waits for; only with `resource-waiting`. */
  message?: string;
}

export interface WarningEvent {
  type: "warning";
  message: string;
}

/** A pod on an unreachable node that the update would wait for until the node is fenced or returns. */
export interface StuckPodEvent {
  type: "stuck-pod";
  pod: StuckPod;
  /** Message with the pod, the waiting resource and the remedy. */
  message: string;
}

/** Result of the comparison of the deployed resources with the cluster. */
export interface VerifiedEvent {
  type: "verified";
  verification: Verification;
}

/** The last event of each operation. */
export interface FinishedEvent {
  type: "finished";
  outcome: "succeeded" | "failed" | "cancelled";
  /** Code of the error; absent on success. */
  code?: StoreErrorCode;
}

/** Converts the events of an operation on a stack to those of the library. Tracks the resources in progress. */
export class EventReader {
  private readonly underWay = new Map<string, ResourceStep & { message?: string }>();
  private readonly warnings = new Set<string>();

  /** Returns the event for callers, if there is one. */
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

  /** A preview creates nothing: only its warnings are reported. */
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
