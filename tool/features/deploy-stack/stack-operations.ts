import type { OperationSummary } from "../../pulumi/operations";
import { acceptedNames, type Acknowledged } from "../guards/acknowledgements";
import type { GuardFinding } from "../guards/findings";
import type { Plan } from "../guards/plan";
import { refuseFirstUp, refuseTakeover, type FirstUp } from "../preflight/first-up";
import type { PlannedResource } from "../preflight/planned";
import type { StuckPod } from "../verify/stuck-pods";
import { lookAtVolumes } from "../volume-guard/look";
import type { VolumeAtStake } from "../guards/volume-at-stake";
import { findStuckPods, verifyDeployment } from "./cluster-looks";
import type { Verification } from "./events";
import type { ResourceStep } from "./resource-step";
import { commandOf, planOperation, runStep, warningTo, type StackRun } from "./steps";

/** Accepted losses, by name. */
export interface Accepted {
  /** On production stacks: Pulumi's names or URNs. Volumes of other workloads: their claims as `namespace/name`. */
  allowDataLoss: readonly string[];
}

/** Losses and missing protection that were accepted, by name. */
export interface AcceptedWithoutProtection extends Accepted {
  allowUnprotected: readonly string[];
}

/** Confirmation of an operation that changes resources. */
export interface Confirmed {
  /** Called with the preview before any change. Rejects to cancel the operation. */
  confirm?: (preview: OperationSummary) => Promise<void>;
}

/** Operation that could uninstall Longhorn. */
export interface CheckedVolumes {
  /** Skips the check of volumes of other workloads. */
  skipVolumeCheck: boolean;
}

export interface DeployOptions extends AcceptedWithoutProtection, Confirmed, CheckedVolumes {
  /** Skips the check of the cluster before Longhorn is installed. */
  skipPreflight: boolean;
  /** Skips the comparison of the deployed configuration with the cluster. */
  skipVerification: boolean;
}

/** Result of a preview. */
export interface PreviewedStack extends OperationSummary {
  /** Planned changes, without unchanged resources. */
  resources: readonly ResourceStep[];
  /** Accepted changes that production refuses; for other stacks, planned losses. */
  guards: readonly GuardFinding[];
}

/** Result of a refresh. */
export interface RefreshedStack extends OperationSummary {
  /** Accepted changes that production refuses; for other stacks, actual losses. */
  guards: readonly GuardFinding[];
}

/** Result of a destroy. */
export interface DestroyedStack extends RefreshedStack {
  /** Volumes of the deleted resources, and the effect on them. */
  volumes: readonly VolumeAtStake[];
}

/** Result of a deployment. */
export interface DeployedStack extends DestroyedStack {
  /** Pods on unreachable nodes that the update would wait for. */
  stuckPods: readonly StuckPod[];
  /** Absent if it was skipped. */
  verification?: Verification;
}

/**
 * Returns the changes that `deployStack` would make.
 *
 * @throws StoreError
 */
export async function previewStack(run: StackRun, options: AcceptedWithoutProtection): Promise<PreviewedStack> {
  // A preview looks at no volumes, and must take the options of the deployment that comes after it.
  const refuse = (planned: readonly PlannedResource[]): Promise<void> =>
    refuseTakeover(firstUp(run, "preview", planned));
  const { summary, resources, guards, created } = await planOperation(
    run,
    "preview",
    resourcesOf(options),
    (engine) => run.operations.preview(engine),
    refuse,
  );
  await refuse(created);
  run.onEvent({ type: "operated", summary });
  return { ...summary, resources, guards };
}

/**
 * Deploys a stack. It searches for pods that would delay the update, runs a preview, checks the cluster before an installation
 * or uninstallation of Longhorn, runs the update, and compares the result with the cluster.
 *
 * @throws StoreError
 */
export async function deployStack(run: StackRun, options: DeployOptions): Promise<DeployedStack> {
  const { operations, onEvent } = run;
  const stuckPods = await findStuckPods(run);
  const planned = await planOperation(
    run,
    "up",
    resourcesOf(options),
    (engine) => operations.preview(engine),
    async (created) => {
      if (!options.skipPreflight) await refuseTakeover(firstUp(run, "up", created));
    },
  );
  if (!options.skipPreflight) await refuseFirstUp(firstUp(run, "up", planned.created));
  const volumes = await volumesBefore(run, "up", planned.plan, options);
  await options.confirm?.(planned.summary);
  const summary = await runStep(run, "Up", (engine) => operations.up(engine));
  onEvent({ type: "operated", summary });
  const verification = options.skipVerification ? undefined : await verifyDeployment(run);
  return { ...summary, guards: planned.guards, volumes, stuckPods, ...(verification && { verification }) };
}

/**
 * Updates the state of a stack to match the cluster.
 *
 * @throws StoreError
 */
export async function refreshStack(run: StackRun, options: Accepted & Confirmed): Promise<RefreshedStack> {
  const { operations, onEvent } = run;
  const accepted = { dataLoss: options.allowDataLoss, unprotected: [] };
  const { summary: preview, guards } = await planOperation(run, "refresh", accepted, (engine) =>
    operations.previewRefresh(engine),
  );
  await options.confirm?.(preview);
  const summary = await runStep(run, "Refresh", (engine) => operations.refresh(engine));
  onEvent({ type: "operated", summary });
  return { ...summary, guards };
}

/**
 * Deletes all resources of a stack, except for retained ones.
 *
 * @throws StoreError
 */
export async function destroyStack(
  run: StackRun,
  options: Accepted & Confirmed & CheckedVolumes,
): Promise<DestroyedStack> {
  const { operations, onEvent } = run;
  const accepted = resourcesOf({ ...options, allowUnprotected: [] });
  const {
    summary: preview,
    guards,
    plan,
  } = await planOperation(run, "destroy", accepted, (engine) => operations.previewDestroy(engine));
  const volumes = await volumesBefore(run, "destroy", plan, options);
  await options.confirm?.(preview);
  const summary = await runStep(run, "Destroy", (engine) => operations.destroy(engine));
  onEvent({ type: "operated", summary });
  return { ...summary, guards, volumes };
}

function firstUp(run: StackRun, operation: "up" | "preview", planned: readonly PlannedResource[]): FirstUp {
  const { operations, onEvent, signal } = run;
  return {
    command: commandOf(run, operation),
    planned,
    exported: () => operations.exported(),
    tell: (message) => onEvent({ type: "preflight", message }),
    signal,
  };
}

/** Returns the acknowledgements for the guards, without names of volumes. */
function resourcesOf({ allowDataLoss, allowUnprotected }: AcceptedWithoutProtection): Acknowledged {
  return { dataLoss: acceptedNames(allowDataLoss).resources, unprotected: allowUnprotected };
}

async function volumesBefore(
  run: StackRun,
  operation: "up" | "destroy",
  plan: Plan,
  { allowDataLoss, skipVolumeCheck }: Accepted & CheckedVolumes,
): Promise<VolumeAtStake[]> {
  const volumes = await lookAtVolumes(run.operations, plan, {
    command: commandOf(run, operation),
    accepted: acceptedNames(allowDataLoss).volumes,
    isSkipped: skipVolumeCheck,
    warn: warningTo(run),
    signal: run.signal,
  });
  if (volumes.length > 0) run.onEvent({ type: "volumes", volumes });
  return volumes;
}
