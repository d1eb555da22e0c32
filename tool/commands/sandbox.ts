import type { Command } from "commander";
import { openSandbox, startSandbox, type Sandbox } from "../../sandbox";
import { removeSandbox } from "../demo/remove-sandbox";
import { ExitCode } from "../exit-codes";
import { during } from "../render/progress";
import { startedText, statusText } from "../render/sandbox-text";
import { ClusterView } from "../timeline/watches";
import type { CommandContext } from "./context";
import { directoryOption, jsonOption, profileOption, type SharedOptions } from "./options";

const example = `
Examples:
  longhorn-s3 sandbox start
  longhorn-s3 sandbox status --json
`;

type WithoutProfile = Omit<SharedOptions, "profile">;

/** `longhorn-s3 sandbox start|stop|status` */
export function addSandboxCommand(program: Command, context: CommandContext): void {
  const sandbox = program.command("sandbox").addHelpText("after", example);
  sandbox
    .command("start")
    .description("Start it and leave it running")
    .addOption(profileOption())
    .addOption(directoryOption())
    .addOption(jsonOption())
    .action((flags: SharedOptions) => start(flags, context));
  sandbox
    .command("stop")
    .description("Stop it; nothing of it is left")
    .addOption(directoryOption())
    .addOption(jsonOption())
    .action((flags: WithoutProfile) => stop(flags, context));
  sandbox
    .command("status")
    .description("Its processes, nodes, memory, alarms, and what in it is real")
    .addOption(directoryOption())
    .addOption(jsonOption())
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
  context.print(json ? JSON.stringify(describe(sandbox), undefined, 2) : startedText(describe(sandbox)));
}

async function stop({ directory, json }: WithoutProfile, context: CommandContext): Promise<void> {
  const sandbox = await openSandbox(directory);
  const { server } = new ClusterView(sandbox.kubeconfig);
  const leftovers = await removeSandbox(sandbox, [server], context.progress(json));
  if (json) context.print(JSON.stringify({ leftovers }, undefined, 2));
  if (leftovers.length > 0) context.end(ExitCode.FellShort);
}

async function status({ directory, json }: WithoutProfile, context: CommandContext): Promise<void> {
  const sandbox = await openSandbox(directory);
  const [current, alarms] = await Promise.all([sandbox.status(), sandbox.alarms()]);
  const described = { ...describe(sandbox), status: current, alarms };
  context.print(json ? JSON.stringify(described, undefined, 2) : statusText(described));
  if (alarms.length > 0) context.end(ExitCode.FellShort);
}

function describe({ directory, kubeconfig, logsDirectory, profile, nodes, chart }: Sandbox) {
  return { directory, kubeconfig, logsDirectory, profile, nodes, chart };
}
