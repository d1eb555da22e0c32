import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { OperationSummary } from "../../pulumi/operations";
import type { DeployProgress } from "../../pulumi/progress";
import type { Finding } from "../verify/finding";
import type { StuckPod } from "../verify/stuck-pods";
import type { VolumeAtStake } from "../guards/volume-at-stake";
import type { ResourceStep } from "./resource-step";

/** A part of an operation on a stack that takes time. */
export type StepName = "Preview" | "Up" | "Refresh" | "Destroy" | "Verify";

/** Result of the comparison of what was deployed with what is there. */
export type Verification =
  | { isKnown: true; findings: readonly Finding[] }
  /** `reason`: why nothing could be compared. */
  | { isKnown: false; reason: string };

/** Something that happens in an operation on a stack. */
export type StackEvent =
  | { type: "step-started"; step: StepName }
  | { type: "step-progressed"; step: StepName; progress: DeployProgress }
  | { type: "step-succeeded"; step: StepName; changes: Readonly<Record<string, number>> }
  | { type: "step-failed"; step: StepName }
  /** An event of the engine, as it comes. */
  | { type: "engine"; step: StepName; event: EngineEvent }
  /** The preview's plan: all that does not stay as it is. */
  | { type: "planned"; changes: Readonly<Record<string, number>>; resources: readonly ResourceStep[] }
  | { type: "warning"; message: string }
  /** Findings of the look at the cluster before Longhorn is installed, or why it was not looked at. */
  | { type: "preflight"; message: string }
  /** Volumes of what is going to be deleted, and what becomes of them. */
  | { type: "volumes"; volumes: readonly VolumeAtStake[] }
  /** A pod that the update would wait for; `message` says what to do. */
  | { type: "stuck-pod"; pod: StuckPod; message: string }
  /** The engine is done. A verification may follow. */
  | { type: "operated"; summary: OperationSummary }
  /** Ends the step Verify, if that has begun. */
  | { type: "verified"; verification: Verification };
