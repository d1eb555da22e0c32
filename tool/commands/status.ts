import type { Command } from "commander";
import { kubeConfigOf, type Connection } from "../cluster/connection";
import { ExitCode, throwIfInterrupted, ToolError } from "../exit-codes";
import { faultError } from "../faults/fault-error";
import { noCluster } from "../faults/no-cluster";
import { statusText } from "../render/status-text";
import type { StatusReport } from "../status/report";
import { storesOfStack } from "../status/stack";
import { readStatus, type StatusChoice } from "../status/status";
import { within } from "../within";
import type { CommandContext } from "./context";
import { jsonOption, refuseOptions } from "./options";

interface StatusFlags {
  stack?: string;
  cwd: string;
  kubeconfig?: string;
  context?: string;
  namespace?: string;
  store?: string;
  json: boolean;
}

/** A cluster that does not answer by then does not answer. */
const answerSeconds = 15;

const example = `
Exit codes: 0 every store would survive a failure now; 1 one would not; 2 there is no such store, or wrong usage; 3 no way to the cluster.

Examples:
  longhorn-s3 status --stack prod
  longhorn-s3 status --context prod --namespace photos --json
`;

/** `longhorn-s3 status` */
export function addStatusCommand(program: Command, context: CommandContext): void {
  program
    .command("status")
    .option("--stack <name>", "the stack whose stores are meant (default: all stores of a cluster)")
    .option("--cwd <folder>", "with --stack: the folder of Pulumi.yaml", ".")
    .option("--kubeconfig <file>", "without --stack: a kubeconfig (default: where kubectl looks)")
    .option("--context <name>", "without --stack: a context in it (default: its current one)")
    .option("--namespace <name>", "the store's namespace (default: all)")
    .option("--store <name>", "one store, by the name of its Service")
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (flags: StatusFlags, command: Command) => {
      if (flags.stack === undefined) refuseOptions(command, ["cwd"], "it belongs to a stack, which --stack names");
      else refuseOptions(command, ["kubeconfig", "context"], "with --stack the stack says it itself");
      const report = await look(flags, context.signal);
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : statusText(report));
      context.end(report.survives ? ExitCode.Ok : ExitCode.FellShort);
    });
}

async function look(flags: StatusFlags, signal: AbortSignal): Promise<StatusReport> {
  const { stack, namespace, store: name } = flags;
  if (stack === undefined) return lookAt(flags, { namespace, name }, signal);
  const { connection, stores: among } = await storesOfStack({ name: stack, directory: flags.cwd }, signal);
  return lookAt(connection, { stack, among, namespace, name }, signal);
}

async function lookAt(connection: Connection, choice: StatusChoice, signal: AbortSignal): Promise<StatusReport> {
  try {
    return await within(answerSeconds, readStatus(kubeConfigOf(connection), choice));
  } catch (error) {
    throwIfInterrupted(signal);
    if (error instanceof ToolError) throw error;
    throw faultError(
      "nothing was looked at",
      [error instanceof Error ? error.message : String(error)],
      [noCluster(error)],
    );
  }
}
