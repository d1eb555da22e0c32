import { spawn, type ChildProcess } from "node:child_process";
import { delimiter, dirname, isAbsolute } from "node:path";
import { PulumiCommand, type PulumiCommandOptions } from "@pulumi/pulumi/automation";
import { commandError, resultOf, withRun, type CommandResult, type RunCli } from "./internals";
import { stackKeyOf, stackVariable, terminateOrphans } from "./orphaned-processes";
import { running } from "./running-cli";

/**
 * Returns the CLI, run in its own process group. In the terminal's group, Ctrl-C would reach it twice, from the terminal and
 * from the aborted signal, and the second one makes it abandon its running steps.
 */
export async function cliInOwnGroup(options?: PulumiCommandOptions): Promise<PulumiCommand> {
  const command = await PulumiCommand.get(options);
  return withRun(command, runWith(command.command));
}

const runWith =
  (command: string): RunCli =>
  async (args, cwd, additional, onOutput, onError, signal) => {
    const path = additional["PATH"] ?? process.env["PATH"] ?? "";
    // The plugins beside the CLI are those that fit it.
    const own = isAbsolute(command) ? { PATH: `${dirname(command)}${delimiter}${path}` } : {};
    const env: NodeJS.ProcessEnv = { ...process.env, ...additional, ...own, PULUMI_AUTOMATION_API: "true" };
    const stackKey = stackKeyOf(args, cwd, env);
    if (stackKey !== undefined) {
      await terminateOrphans(stackKey);
      env[stackVariable] = stackKey;
    }
    const all = args.includes("--non-interactive") ? args : [...args, "--non-interactive"];
    const child = spawn(command, all, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    return ended(child, { command, args: all }, { onOutput, onError, signal });
  };

interface Listeners {
  onOutput?: (text: string) => void;
  onError?: (text: string) => void;
  signal?: AbortSignal;
}

function ended(
  child: ChildProcess,
  { command, args }: { command: string; args: readonly string[] },
  { onOutput, onError, signal }: Listeners,
): Promise<CommandResult> {
  const interrupt = (): void => void child.kill("SIGINT");
  const release = running(child);
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    onOutput?.(text);
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    onError?.(text);
  });
  signal?.addEventListener("abort", interrupt);
  if (signal?.aborted) interrupt();
  return new Promise<CommandResult>((resolve, reject) => {
    const fail = (why: string): void => {
      const said = [`Command ${why}: ${command} ${args.join(" ")}`, stderr.trimEnd(), stdout.trimEnd()];
      reject(commandError(said.join("\n")));
    };
    child.once("error", ({ message }) => fail(`failed with ${message}`));
    child.once("close", (code, killedBy) => {
      if (code === 0) resolve(resultOf(withoutLastNewline(stdout), withoutLastNewline(stderr)));
      else fail(killedBy === null ? `failed with exit code ${code ?? ""}` : `was killed with ${killedBy}`);
    });
  }).finally(() => {
    signal?.removeEventListener("abort", interrupt);
    release();
  });
}

const withoutLastNewline = (text: string): string => text.replace(/\r?\n$/, "");
