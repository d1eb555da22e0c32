import { openUserStack } from "../deploy/user-stack";
import { operationsOn, type OperationOptions, type OperationSummary, type StackOperations } from "../deploy/operations";
import { ExitCode } from "../exit-codes";
import { FaultError } from "../faults/fault-error";
import { during, type Progress } from "../render/progress";
import { changesText, deployProgressText } from "../render/deploy-text";
import type { CommandContext } from "./context";
import { userStack, type StackFlags } from "./stack-options";

/** An operation of the engine, by the name that Pulumi gives it. */
type Run = (stack: StackOperations, options: OperationOptions) => Promise<OperationSummary>;

/** What a command does with an opened stack: operations, each a step that is seen. */
export type Work = (
  step: (title: string, run: Run) => Promise<OperationSummary>,
) => Promise<OperationSummary | undefined>;

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
    if (!flags.json || !(error instanceof FaultError)) throw error;
    const { faults, message } = error;
    context.print(JSON.stringify({ stack: flags.stack, faults, message }, undefined, 2));
    context.end(error.exitCode);
  }
}

function operate(
  progress: Progress,
  title: string,
  operations: StackOperations,
  run: Run,
  signal: AbortSignal,
): Promise<OperationSummary> {
  return during(
    progress,
    title,
    (step) => run(operations, { signal, onProgress: (now) => step.update(deployProgressText(now)) }),
    ({ changes }) => changesText(changes),
  );
}
