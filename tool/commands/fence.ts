import { InvalidArgumentError, type Command } from "commander";
import type { Cluster } from "../cluster/connection";
import { targetCluster, type ClusterFlags } from "../pulumi/target-cluster";
import { ExitCode, CancelledError } from "../errors";
import { onCluster } from "../diagnosis/on-cluster";
import { defaultSilentForSeconds, defaultWaitSeconds, fenceNode, type FenceReport } from "../features/fence/fence";
import type { FencePlan } from "../features/fence/plan";
import { commandLine } from "../terminal/command-line";
import { fencePlanText, fenceQuestion, fenceReportText } from "../features/fence/text";
import { withClusterOptions } from "./cluster-options";
import type { CommandContext } from "./context";
import { jsonOption } from "./options";
import { agreed, yesOption } from "./stack-options";

interface FenceFlags extends ClusterFlags {
  silentFor: number;
  wait: number;
  yes: boolean;
  json: boolean;
}

const example = `
Examples:
  longhorn-s3 fence node-2 --stack prod
  longhorn-s3 fence node-2 --context prod --yes --json

After an interruption, the changes stay: run fence again to continue, or
unfence to revert them.
`;

/** `longhorn-s3 fence` */
export function addCommand(program: Command, context: CommandContext): void {
  withClusterOptions(program.command("fence"), { stack: "stack on the cluster" })
    .argument("<node>", "name of the node; verify first that it is powered off")
    .option(
      "--silent-for <seconds>",
      "minimum age of the node's last heartbeat, in seconds",
      seconds,
      defaultSilentForSeconds,
    )
    .option(
      "--wait <seconds>",
      "time limit for the stores to be ready, in seconds; 0 does not wait",
      seconds,
      defaultWaitSeconds,
    )
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (node: string, flags: FenceFlags) => {
      const { signal } = context;
      const { connection, ofStack } = await targetCluster(flags, signal);
      const work = (cluster: Cluster): Promise<void> => fence(node, cluster, flags, context);
      return onCluster(connection, work, { failed: `fence ${node} failed`, ofStack, signal });
    });
}

async function fence(node: string, cluster: Cluster, flags: FenceFlags, context: CommandContext): Promise<void> {
  const report = await fenced(node, cluster, flags, context);
  context.print(flags.json ? JSON.stringify(report, undefined, 2) : fenceReportText(report, cluster.reachedBy));
  const late = flags.wait > 0 && report.stores.some(({ newNode }) => newNode === undefined);
  context.end(late ? ExitCode.FellShort : ExitCode.Ok);
}

async function fenced(
  node: string,
  { config, reachedBy }: Cluster,
  flags: FenceFlags,
  context: CommandContext,
): Promise<FenceReport> {
  const progress = context.progress(flags.json);
  let vouched = false;
  const vouch = async (plan: FencePlan): Promise<boolean> => {
    if (!flags.json) progress.note(fencePlanText(plan));
    vouched = await agreed(fenceQuestion(plan), flags, context);
    return vouched;
  };
  const { silentFor: silentForSeconds, wait: waitSeconds } = flags;
  try {
    const { signal } = context;
    return await fenceNode(config, { node, silentForSeconds, waitSeconds, reachedBy, vouch, progress, signal });
  } catch (error) {
    if (vouched && error instanceof CancelledError) {
      const undo = commandLine(["unfence", node], reachedBy);
      progress.note(`The changes stay. Run the command again to continue, or ${undo} to revert them.`);
    }
    throw error;
  }
}

function seconds(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number of seconds.");
}
