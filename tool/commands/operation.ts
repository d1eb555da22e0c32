import { openUserStack } from "../deploy/user-stack";
import { operationsOn, type OperationOptions, type OperationSummary, type StackOperations } from "../deploy/operations";
import { emptyTree, reduceTree } from "../deploy/tree";
import { ExitCode, ToolError } from "../exit-codes";
import { FaultError } from "../faults/fault-error";
import type { GuardFinding } from "../guards/findings";
import { GuardRefused } from "../guards/refused";
import { PreflightRefused } from "../preflight/refused";
import { during, type Progress } from "../render/progress";
import { changesText, deployProgressText } from "../render/deploy-text";
import { treeLines } from "../render/tree-text";
import type { CommandContext } from "./context";
import { userStack, type StackFlags } from "./stack-options";

/** An operation of the engine, by the name that Pulumi gives it. */
type Run = (stack: StackOperations, options: OperationOptions) => Promise<OperationSummary>;

/** What a command does with an opened stack: operations, each a step that is seen. */
export type Work = (step: (title: string, run: Run) => Promise<OperationSummary>) => Promise<WorkSummary | undefined>;

/** What the work came to. */
interface WorkSummary extends OperationSummary {
  /** What its preview planned that production refuses. */
  guards?: readonly GuardFinding[];
}

/** Opens the stack, does the work, and tells the outcome; with `--json` a failure too. */
export async function onUserStack(flags: StackFlags, context: CommandContext, work: Work): Promise<void> {
  const progress = context.progress(flags.json);
  try {
    const operations = operationsOn(await openUserStack(userStack(flags)));
    const summary = await work((title, run) => operate(progress, title, operations, run, context.signal));
    if (summary === undefined) return context.end(ExitCode.Refused);
    if (flags.json) context.print(JSON.stringify({ stack: flags.stack, ...summary }, undefined, 2));
    else for (const warning of summary.warnings) progress.note(`warning: ${warning}`);
  } catch (error) {
    tellFault(error, flags, context);
  }
}

/** With `--json` a fault and a refusal are results too; everything else is thrown on. */
export function tellFault(error: unknown, flags: StackFlags, context: CommandContext): void {
  const reasons = flags.json ? reasonsOf(error) : undefined;
  if (reasons === undefined || !(error instanceof ToolError)) throw error;
  const { message, exitCode } = error;
  context.print(JSON.stringify({ stack: flags.stack, ...reasons, message }, undefined, 2));
  context.end(exitCode);
}

function reasonsOf(error: unknown): object | undefined {
  if (error instanceof FaultError) return { faults: error.faults };
  if (error instanceof PreflightRefused) return { preflight: error.findings };
  return error instanceof GuardRefused ? { guards: error.findings } : undefined;
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
