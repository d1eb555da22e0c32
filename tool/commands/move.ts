import { InvalidArgumentError, Option, type Command } from "commander";
import { kubeConfigOf } from "../cluster/connection";
import { ExitCode } from "../exit-codes";
import type { MovePlan } from "../move/decide";
import { defaultMoveWaitSeconds, moveStore, type MoveReport } from "../move/move";
import { putBackMoves } from "../move/put-back";
import { parseStartTime } from "../move/start-time";
import { movePlanText, moveReportText, undoneText } from "../render/move-text";
import { during } from "../render/progress";
import { readStore } from "../store/store-in-cluster";
import type { CommandContext } from "./context";
import { jsonOption } from "./options";
import { agreed, yesOption } from "./stack-options";

interface MoveFlags {
  kubeconfig?: string;
  context?: string;
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
  longhorn-s3 move --store photos
  longhorn-s3 move --namespace photos --to node-3 --at 23:30 --yes
`;

/** `longhorn-s3 move` */
export function addMoveCommand(program: Command, context: CommandContext): void {
  program
    .command("move")
    .option("--kubeconfig <file>", "a kubeconfig (default: where kubectl looks)")
    .option("--context <name>", "a context in it (default: its current one)")
    .option("--namespace <name>", "the store's namespace (default: all)")
    .option("--store <name>", "the store, where there are several")
    .option("--to <node>", "the node that it shall go to (default: any other one)")
    .option("--at <time>", "when: HH:MM of today, or a time in ISO 8601 (default: now)")
    .option("--wait <seconds>", "how long to wait for the store", seconds, defaultMoveWaitSeconds)
    .addOption(
      new Option(
        "--undo",
        "only put back what a move that was killed has left: nodes that are cordoned, a store at 0 replicas",
      )
        .default(false)
        .conflicts(["to", "at", "store", "namespace"]),
    )
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action((flags: MoveFlags) => (flags.undo ? undo(flags, context) : move(flags, context)));
}

async function move(flags: MoveFlags, context: CommandContext): Promise<void> {
  const at = flags.at === undefined ? undefined : parseStartTime(flags.at, new Date());
  const progress = context.progress(flags.json);
  const agree = (plan: MovePlan): Promise<boolean> => {
    if (!flags.json) progress.note(movePlanText(plan, at));
    return agreed(`Move store ${plan.store}?`, flags, context);
  };
  const config = kubeConfigOf(flags);
  const store = await readStore(config, { namespace: flags.namespace, name: flags.store });
  const { to, wait: waitSeconds } = flags;
  const report: MoveReport = await moveStore(config, store, {
    to,
    at,
    waitSeconds,
    agree,
    progress,
    signal: context.signal,
  });
  context.print(flags.json ? JSON.stringify(report, undefined, 2) : moveReportText(report));
  context.end(report.newNode === undefined ? ExitCode.FellShort : ExitCode.Ok);
}

async function undo(flags: MoveFlags, context: CommandContext): Promise<void> {
  const progress = context.progress(flags.json);
  const putBack = await during(progress, "Put back what was changed", () => putBackMoves(kubeConfigOf(flags)));
  context.print(flags.json ? JSON.stringify({ moveVersion: 1, putBack }, undefined, 2) : undoneText(putBack));
  context.end(ExitCode.Ok);
}

function seconds(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It has to be a whole number of seconds.");
}
