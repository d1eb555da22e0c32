import { InvalidArgumentError, Option, type Command } from "commander";
import type { Cluster } from "../cluster/connection";
import { targetCluster, targetStores, type ClusterFlags } from "../pulumi/target-cluster";
import { ExitCode } from "../errors";
import { onCluster } from "../diagnosis/on-cluster";
import type { MovePlan } from "../features/move/decide";
import { defaultMoveWaitSeconds, moveStore, type MoveReport } from "../features/move/move";
import { putBackMoves, type UndoReport } from "../features/move/put-back";
import { parseStartTime } from "../features/move/start-time";
import { movePlanText, moveReportText, undoneText } from "../features/move/text";
import { during } from "../terminal/progress";
import { readStore } from "../cluster/store/store-in-cluster";
import { withClusterOptions } from "./cluster-options";
import type { CommandContext } from "./context";
import { jsonOption } from "./options";
import { agreed, yesOption } from "./stack-options";

interface MoveFlags extends ClusterFlags {
  namespace?: string;
  store?: string;
  to?: string;
  at?: string;
  wait: number;
  undo: boolean;
  yes: boolean;
  json: boolean;
}

const example = `
Examples:
  longhorn-s3 move --stack prod --store photos
  longhorn-s3 move --namespace photos --to node-3 --at 23:30 --yes
`;

/** `longhorn-s3 move` */
export function addCommand(program: Command, context: CommandContext): void {
  withClusterOptions(program.command("move"), { stack: "stack of the store" })
    .option("--namespace <name>", "namespace of the store (default: all)")
    .option("--store <name>", "name of the store's Service (default: the only one)")
    .option("--to <node>", "target node (default: any other suitable node)")
    .option("--at <time>", "start time: HH:MM of today, or ISO 8601 (default: now)")
    .option("--wait <seconds>", "time limit for the store to be ready, in seconds", seconds, defaultMoveWaitSeconds)
    .addOption(
      new Option("--undo", "only revert the changes of a killed move: cordoned nodes, a store at 0 replicas")
        .default(false)
        .conflicts(["to", "at", "store", "namespace"]),
    )
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (flags: MoveFlags) => {
      const { signal } = context;
      const at = flags.at === undefined ? undefined : parseStartTime(flags.at, new Date());
      // What a move has left, a stack may have that has no store any more.
      const { connection, ofStack, among } = await (flags.undo ? targetCluster : targetStores)(flags, signal);
      const work = (cluster: Cluster): Promise<void> =>
        flags.undo ? undo(cluster, flags, context) : move(cluster, { at, among }, flags, context);
      return onCluster(connection, work, { failed: "move failed", ofStack, signal });
    });
}

async function move(
  { config, reachedBy }: Cluster,
  { at, among }: { at?: Date; among?: readonly string[] },
  flags: MoveFlags,
  context: CommandContext,
): Promise<void> {
  const progress = context.progress(flags.json);
  const agree = (plan: MovePlan): Promise<boolean> => {
    if (!flags.json) progress.note(movePlanText(plan, at));
    return agreed(`Move store ${plan.store}?`, flags, context);
  };
  const store = await readStore(config, { namespace: flags.namespace, name: flags.store, among });
  const { to, wait: waitSeconds } = flags;
  const report: MoveReport = await moveStore(config, store, {
    to,
    at,
    waitSeconds,
    reachedBy,
    agree,
    progress,
    signal: context.signal,
  });
  context.print(flags.json ? JSON.stringify(report, undefined, 2) : moveReportText(report));
  context.end(report.newNode === undefined ? ExitCode.FellShort : ExitCode.Ok);
}

async function undo(cluster: Cluster, flags: MoveFlags, context: CommandContext): Promise<void> {
  const progress = context.progress(flags.json);
  const putBack = await during(progress, "Revert changes", () => putBackMoves(cluster));
  const report: UndoReport = { moveVersion: 1, putBack };
  context.print(flags.json ? JSON.stringify(report, undefined, 2) : undoneText(putBack));
  context.end(ExitCode.Ok);
}

function seconds(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number of seconds.");
}
