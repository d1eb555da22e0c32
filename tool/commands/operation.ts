import { operationsOn, type OperationSummary } from "../pulumi/operations";
import { emptyTree, reduceTree, treeLines } from "../pulumi/tree";
import type { GuardFinding } from "../features/guards/findings";
import { type Progress, type Step } from "../terminal/progress";
import type { StackEvent } from "../features/deploy-stack/events";
import type { StackRun } from "../features/deploy-stack/steps";
import type { StuckPod } from "../features/verify/stuck-pods";
import { findingsText, verdictText } from "../features/verify/text";
import { volumesText } from "../features/volume-guard/text";
import type { VolumeAtStake } from "../features/guards/volume-at-stake";
import { changesText, deployProgressText } from "../pulumi/progress";
import { openUserStack } from "../pulumi/user-stack";
import type { CommandContext } from "./context";
import { userStack, type StackFlags } from "./stack-options";
import { commandWords } from "./words";

/** Result of an operation on a stack. */
interface OperationResult extends OperationSummary {
  /** Planned changes that production refuses. */
  guards?: readonly GuardFinding[];
  /** Volumes of the deleted resources, and the effect on them. */
  volumes?: readonly VolumeAtStake[];
  /** Of `up`: pods on unreachable nodes that the update would wait for. */
  stuckPods?: readonly StuckPod[];
}

/** Report of `up`, `preview`, `refresh` and `destroy` with `--json`. */
export interface OperationReport extends OperationResult {
  /** Increases when a field is removed or changes its meaning. */
  operationVersion: 1;
  stack: string;
}

/** Opens the stack, runs the operation, and shows its events; with `--json`, its report instead. */
export async function onUserStack(
  flags: StackFlags,
  context: CommandContext,
  operate: (run: StackRun) => Promise<OperationResult>,
): Promise<void> {
  const { stack, cwd, json } = flags;
  const result = await operate({
    stack,
    operations: operationsOn(await openUserStack(userStack(flags))),
    words: commandWords(stack, cwd),
    onEvent: eventRenderer(context.progress(json)),
    signal: context.signal,
  });
  if (json) context.print(JSON.stringify(reportOf(stack, result), undefined, 2));
}

export function reportOf(stack: string, result: OperationResult): OperationReport {
  const { changes, warnings, seconds, guards, volumes, stuckPods } = result;
  return {
    ...{ operationVersion: 1, stack, changes, warnings, seconds },
    ...(guards && { guards }),
    ...(volumes && { volumes }),
    ...(stuckPods && { stuckPods }),
  };
}

/** Returns a listener that shows the events of an operation. */
export function eventRenderer(progress: Progress): (event: StackEvent) => void {
  let step: Step | undefined;
  let tree = emptyTree;
  return (event) => {
    switch (event.type) {
      case "step-started":
        tree = emptyTree;
        step = progress.begin(event.step);
        return;
      case "step-progressed":
        return step?.update(deployProgressText(event.progress));
      case "engine":
        // Nothing is being made during a preview.
        if (event.step === "Preview") return;
        tree = reduceTree(tree, event.event);
        return step?.below?.((rows) => treeLines(tree, Date.now() / 1000, rows));
      case "step-succeeded":
        return step?.succeed(changesText(event.changes));
      case "step-failed":
        return step?.fail();
      case "warning":
      case "stuck-pod":
        return progress.note(`warning: ${event.message}`);
      case "preflight":
        return progress.note(event.message);
      case "volumes":
        return progress.note(volumesText(event.volumes));
      case "operated":
        step = undefined;
        for (const warning of event.summary.warnings) progress.note(`warning: ${warning}`);
        return;
      case "verified":
        if (event.verification.isKnown) {
          const { findings } = event.verification;
          step?.succeed(verdictText(findings));
          if (findings.length > 0) progress.note(findingsText(findings));
        } else {
          step?.fail();
          progress.note(`not verified: ${event.verification.reason}`);
        }
        return;
      case "planned":
    }
  };
}
