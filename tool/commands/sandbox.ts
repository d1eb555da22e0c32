import type { Command } from "commander";
import { openSandbox, startSandbox, type Sandbox, type SandboxAlarm, type SandboxStatus } from "../../sandbox";
import { ExitCode } from "../errors";
import { removeSandbox } from "../features/demo/demo-sandbox";
import { during } from "../terminal/progress";
import { startedText, statusText, type DescribedSandbox } from "../features/demo/sandbox-text";
import { ClusterView } from "../cluster/failover-watch/watches";
import type { CommandContext } from "./context";
import { directoryOption, jsonOption, profileOption, type SharedOptions } from "./options";

/** Result of `longhorn-s3 sandbox start --json`. */
export interface SandboxReport extends DescribedSandbox {
  /** Increases when a field is removed or changes its meaning. */
  sandboxVersion: 1;
}

/** Result of `longhorn-s3 sandbox status --json`. */
export interface SandboxStatusReport extends SandboxReport {
  sandboxVersion: 1;
  status: SandboxStatus;
  alarms: readonly SandboxAlarm[];
}

/** Result of `longhorn-s3 sandbox stop --json`. */
export interface SandboxStopReport {
  sandboxVersion: 1;
  /** Leftovers of the sandbox. */
  leftovers: readonly string[];
}

const examples = {
  sandbox: "longhorn-s3 sandbox start",
  start: "longhorn-s3 sandbox start --profile production",
  stop: "longhorn-s3 sandbox stop",
  status: "longhorn-s3 sandbox status --json",
};

const example = (name: keyof typeof examples): string => `
Example:
  ${examples[name]}
`;

type WithoutProfile = Omit<SharedOptions, "profile">;

/** `longhorn-s3 sandbox start|stop|status` */
export function addCommand(program: Command, context: CommandContext): void {
  const sandbox = program.command("sandbox").addHelpText("after", example("sandbox"));
  sandbox
    .command("start")
    .description("Start a sandbox")
    .addOption(profileOption())
    .addOption(directoryOption())
    .addOption(jsonOption())
    .addHelpText("after", example("start"))
    .action((flags: SharedOptions) => start(flags, context));
  sandbox
    .command("stop")
    .description("Stop the sandbox and remove it")
    .addOption(directoryOption())
    .addOption(jsonOption())
    .addHelpText("after", example("stop"))
    .action((flags: WithoutProfile) => stop(flags, context));
  sandbox
    .command("status")
    .description("Show processes, nodes, memory, alarms, and real and simulated parts")
    .addOption(directoryOption())
    .addOption(jsonOption())
    .addHelpText("after", example("status"))
    .action((flags: WithoutProfile) => status(flags, context));
}

async function start({ profile, directory, json }: SharedOptions, context: CommandContext): Promise<void> {
  const sandbox = await during(
    context.progress(json),
    `Sandbox (profile ${profile})`,
    async (step) => {
      const started = await startSandbox({
        profile,
        directory,
        signal: context.signal,
        onProgress: ({ step: name, done, total, waitingFor }) =>
          step.update(`${done}/${total} ${name}${waitingFor === undefined ? "" : `, waiting for ${waitingFor}`}`),
      });
      await started.detach();
      return started;
    },
    ({ nodes }) => `nodes ${nodes.join(", ")}`,
  );
  const report: SandboxReport = { sandboxVersion: 1, ...describe(sandbox) };
  context.print(json ? JSON.stringify(report, undefined, 2) : startedText(report));
}

async function stop({ directory, json }: WithoutProfile, context: CommandContext): Promise<void> {
  const sandbox = await openSandbox(directory);
  const { server } = new ClusterView(sandbox.kubeconfig);
  const leftovers = await removeSandbox(sandbox, [server], context.progress(json));
  const report: SandboxStopReport = { sandboxVersion: 1, leftovers };
  if (json) context.print(JSON.stringify(report, undefined, 2));
  if (leftovers.length > 0) context.end(ExitCode.FellShort);
}

async function status({ directory, json }: WithoutProfile, context: CommandContext): Promise<void> {
  const sandbox = await openSandbox(directory);
  const [current, alarms] = await Promise.all([sandbox.status(), sandbox.alarms()]);
  const report: SandboxStatusReport = { sandboxVersion: 1, ...describe(sandbox), status: current, alarms };
  context.print(json ? JSON.stringify(report, undefined, 2) : statusText(report));
  if (alarms.length > 0) context.end(ExitCode.FellShort);
}

function describe({ directory, kubeconfig, logsDirectory, profile, nodes, chart }: Sandbox): DescribedSandbox {
  return { directory, kubeconfig, logsDirectory, profile, nodes, chart };
}
