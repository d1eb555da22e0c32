import type { EngineEvent, LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import * as cmd from "@pulumi/pulumi/automation/cmd";
import * as errors from "@pulumi/pulumi/automation/errors";

// All uses of the Pulumi SDK beyond its declared interface. They are tested with the oldest and the newest SDK that the
// package of the components accepts.

/** Result of a run of the CLI. */
export interface CommandResult {
  stdout: string;
  stderr: string;
  code: number;
}

/** Runs the CLI, as `PulumiCommand.run` does for the Automation API. */
export type RunCli = (
  args: string[],
  cwd: string,
  env: Record<string, string>,
  onOutput?: (text: string) => void,
  onError?: (text: string) => void,
  signal?: AbortSignal,
) => Promise<CommandResult>;

/**
 * Replaces the function that runs the CLI. The Automation API has no option for it, and leaves the CLI in the
 * terminal's process group, where Ctrl-C reaches it twice.
 */
export function withRun(command: PulumiCommand, run: RunCli): PulumiCommand {
  return Object.assign(command, { run });
}

/** Returns the result of a successful run, as an instance of the class that the Automation API expects. */
export function resultOf(stdout: string, stderr: string): CommandResult {
  const { CommandResult } = cmd as unknown as {
    CommandResult: new (stdout: string, stderr: string, code: number) => CommandResult;
  };
  return new CommandResult(stdout, stderr, 0);
}

/**
 * Returns the error of a failed run. The Automation API derives the class from the text: a locked stack, a stack that
 * does not exist, or others.
 *
 * @param text entire output of the CLI
 */
export function commandError(text: string): Error {
  const { createCommandError } = errors as unknown as { createCommandError: (result: CommandResult) => Error };
  return createCommandError(Object.assign(resultOf("", text), { code: -2 }));
}

/**
 * Keeps a workspace from making each opened stack the current one, which the CLI saves in a file in the user's home.
 * The Automation API passes the stack to every command, so the file is not needed.
 */
export function selectNone(workspace: LocalWorkspace): void {
  const cli = workspace.pulumiCommand as unknown as { run: RunCli };
  const run = async (args: string[]): Promise<void> => {
    await cli.run(args, workspace.workDir, workspace.envVars);
  };
  const provider = workspace.secretsProvider === undefined ? [] : ["--secrets-provider", workspace.secretsProvider];
  workspace.selectStack = (name) => run(["stack", "--stack", name]);
  workspace.createStack = (name) => run(["stack", "init", name, "--no-select", ...provider]);
}

type Step = NonNullable<EngineEvent["resourcePreEvent"]>;

/**
 * Returns an event with fields absent where the engine writes null for `old`, `new`, `keys` and `detailedDiff`. The
 * Automation API passes the null values on, although its types declare the fields as optional.
 */
export function typedEvent(event: EngineEvent): EngineEvent {
  const { resourcePreEvent, resOutputsEvent, resOpFailedEvent } = event;
  return {
    ...event,
    ...(resourcePreEvent && { resourcePreEvent: typedStep(resourcePreEvent) }),
    ...(resOutputsEvent && { resOutputsEvent: typedStep(resOutputsEvent) }),
    ...(resOpFailedEvent && { resOpFailedEvent: typedStep(resOpFailedEvent) }),
  };
}

function typedStep<T extends Pick<Step, "metadata">>(step: T): T {
  const present = Object.entries(step.metadata).filter(([, value]) => value !== null);
  return { ...step, metadata: Object.fromEntries(present) as unknown as Step["metadata"] };
}
