import type { EngineEvent, LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import * as cmd from "@pulumi/pulumi/automation/cmd";
import * as errors from "@pulumi/pulumi/automation/errors";

// Everything that this package uses of Pulumi's SDK beyond its declared interface. The tests hold it to the oldest and the newest SDK
// that the package of the components accepts.

/** Result of a run of the CLI. */
export interface CommandResult {
  stdout: string;
  stderr: string;
  code: number;
}

/** Runs the CLI like `PulumiCommand.run`, which the Automation API calls for each command. */
export type RunCli = (
  args: string[],
  cwd: string,
  env: Record<string, string>,
  onOutput?: (text: string) => void,
  onError?: (text: string) => void,
  signal?: AbortSignal,
) => Promise<CommandResult>;

/**
 * Replaces the function that runs the CLI. The Automation API has no option for that, and by default leaves the CLI in the
 * terminal's process group, where Ctrl-C reaches it twice.
 */
export function withRun(command: PulumiCommand, run: RunCli): PulumiCommand {
  return Object.assign(command, { run });
}

/** Returns the result of a successful run, of the class that the Automation API expects. */
export function resultOf(stdout: string, stderr: string): CommandResult {
  const { CommandResult } = cmd as unknown as {
    CommandResult: new (stdout: string, stderr: string, code: number) => CommandResult;
  };
  return new CommandResult(stdout, stderr, 0);
}

/**
 * Returns the error of a failed run. Its class distinguishes a locked stack from one that does not exist; the Automation API
 * derives it from the text.
 *
 * @param text complete output of the CLI
 */
export function commandError(text: string): Error {
  const { createCommandError } = errors as unknown as { createCommandError: (result: CommandResult) => Error };
  return createCommandError(Object.assign(resultOf("", text), { code: -2 }));
}

/**
 * Keeps a workspace from selecting each stack that it opens, for which the CLI writes a file to the home directory. The
 * Automation API names the stack in every command, so that the file is not needed.
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
 * Returns an event that matches its type. The engine writes null for missing fields of a step (`old`, `new`, `keys`,
 * `detailedDiff`), and the types of the Automation API declare them as absent.
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
