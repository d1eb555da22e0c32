import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { OperationSummary } from "../../pulumi/operations";
import type { DeployProgress } from "../../pulumi/progress";
import type { Finding } from "../verify/finding";
import type { StuckPod } from "../verify/stuck-pods";
import type { VolumeAtStake } from "../guards/volume-at-stake";
import type { ResourceStep } from "./resource-step";

/** Step of an operation on a stack. */
export type StepName = "Preview" | "Up" | "Refresh" | "Destroy" | "Verify";

/** Result of the comparison of the deployed configuration with the cluster. */
export type Verification =
  | { isKnown: true; findings: readonly Finding[] }
  /** `reason`: why the comparison was not possible. */
  | { isKnown: false; reason: string };

/** Event of an operation on a stack. */
export type StackEvent =
  | { type: "step-started"; step: StepName }
  | { type: "step-progressed"; step: StepName; progress: DeployProgress }
  | { type: "step-succeeded"; step: StepName; changes: Readonly<Record<string, number>> }
  | { type: "step-failed"; step: StepName }
  /** Unmodified engine event. */
  | { type: "engine"; step: StepName; event: EngineEvent }
  /** Plan of the preview, without unchanged resources. */
  | { type: "planned"; changes: Readonly<Record<string, number>>; resources: readonly ResourceStep[] }
  | { type: "warning"; message: string }
  /** Findings about the cluster before an installation of Longhorn, or the reason why it was not checked. */
  | { type: "preflight"; message: string }
  /** Volumes of the resources to delete, and the effect on them. */
  | { type: "volumes"; volumes: readonly VolumeAtStake[] }
  /** Pod that the update would wait for; `message` gives the fix. */
  | { type: "stuck-pod"; pod: StuckPod; message: string }
  /** The engine has finished. A verification may follow. */
  | { type: "operated"; summary: OperationSummary }
  /** Ends the step Verify, if it has begun. */
  | { type: "verified"; verification: Verification };
