import { openUserStack } from "../pulumi/user-stack";
import { operationsOn, type OperationOptions, type OperationSummary, type StackOperations } from "../pulumi/operations";
import { emptyTree, reduceTree, treeLines } from "../pulumi/tree";
import { ExitCode } from "../exit-codes";
import type { GuardFinding } from "../features/guards/findings";
import { during, type Progress } from "../terminal/progress";
import { changesText, deployProgressText } from "../pulumi/text";
import type { VolumeAtStake } from "../features/volume-guard/volumes";
import type { CommandContext } from "./context";
import { userStack, type StackFlags } from "./stack-options";

/** An operation of the engine, by the name that Pulumi gives it. */
type Run = (stack: StackOperations, options: OperationOptions) => Promise<OperationSummary>;

/** What a command does with an opened stack: operations, each a step that is seen. */
export type Work = (
  step: (title: string, run: Run) => Promise<OperationSummary>,
  operations: StackOperations,
) => Promise<WorkSummary | undefined>;

/** What the work came to. */
interface WorkSummary extends OperationSummary {
  /** What its preview planned that production refuses. */
  guards?: readonly GuardFinding[];
  /** What becomes of volumes. */
  volumes?: readonly VolumeAtStake[];
}

/** What `up`, `preview`, `refresh` and `destroy` print with `--json`. */
export interface OperationReport extends WorkSummary {
  /** It rises when a field is taken away or changes its meaning. */
  operationVersion: 1;
  stack: string;
}

/** Opens the stack, does the work, and tells the outcome. */
export async function onUserStack(flags: StackFlags, context: CommandContext, work: Work): Promise<void> {
  const progress = context.progress(flags.json);
  const operations = operationsOn(await openUserStack(userStack(flags)));
  const summary = await work((title, run) => operate(progress, title, operations, run, context.signal), operations);
  tellOutcome(summary, flags, progress, context);
}

/** @param summary undefined where somebody was asked and said no */
export function tellOutcome(
  summary: WorkSummary | undefined,
  flags: StackFlags,
  progress: Progress,
  context: CommandContext,
): void {
  if (summary === undefined) {
    progress.note("Nothing was changed.");
    return context.end(ExitCode.Refused);
  }
  const report: OperationReport = { operationVersion: 1, stack: flags.stack, ...summary };
  if (flags.json) context.print(JSON.stringify(report, undefined, 2));
  else for (const warning of summary.warnings) progress.note(`warning: ${warning}`);
}

function operate(
  progress: Progress,
  title: string,
  operations: StackOperations,
  run: Run,
  signal: AbortSignal,
): Promise<OperationSummary> {
  let tree = emptyTree;
  return during(
    progress,
    title,
    (step) =>
      run(operations, {
        signal,
        onProgress: (now) => step.update(deployProgressText(now)),
        onEvent(event) {
          tree = reduceTree(tree, event);
          step.below?.((rows) => treeLines(tree, Date.now() / 1000, rows));
        },
      }),
    ({ changes }) => changesText(changes),
  );
}
