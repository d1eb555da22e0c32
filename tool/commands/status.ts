import { createRequire } from "node:module";
import type { Command } from "commander";
import { ExitCode } from "../exit-codes";
import { statusText } from "../render/status-text";
import type { StatusReport } from "../status/report";
import type * as LookAtCluster from "../status/look-at-cluster";
import { storesOfStack } from "../status/stack";
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
Exit codes here: 0 every store would survive a failure now; 1 one would not; 2 there is no such store, or wrong usage; 3 no way to the cluster.

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
  const options = { failed: "nothing was looked at", seconds: answerSeconds, signal };
  if (stack === undefined) return lookAtCluster()(flags, { namespace, name }, options);
  const state = storesOfStack({ name: stack, directory: flags.cwd }, signal);
  // The CLI reads the state while the client of the cluster is loaded: each takes half of a second.
  const lookAt = lookAtCluster();
  const { connection, stores: among } = await state;
  return lookAt(connection, { stack, among, namespace, name }, { ...options, ofStack: true });
}

function lookAtCluster(): (typeof LookAtCluster)["lookAtCluster"] {
  return (createRequire(__filename)("../status/look-at-cluster") as typeof LookAtCluster).lookAtCluster;
}
