import type { Command } from "commander";
import { ExitCode } from "../errors";
import { statusText } from "../features/status/text";
import type { StatusReport } from "../features/status/report";
import { meantStores, type ClusterFlags } from "../pulumi/target-cluster";
import type { CommandContext } from "./context";
import { withClusterOptions } from "./cluster-options";
import { jsonOption } from "./options";

interface StatusFlags extends ClusterFlags {
  namespace?: string;
  store?: string;
  json: boolean;
}

/** Seconds after which a cluster counts as unreachable. */
const answerSeconds = 15;

const example = `
Exit codes here: 0 every store would survive a failure now; 1 one would not; 2 there is no such store, or wrong usage; 3 no way to the cluster.

Examples:
  longhorn-s3 status --stack prod
  longhorn-s3 status --context prod --namespace photos --json
`;

/** `longhorn-s3 status` */
export function addCommand(program: Command, context: CommandContext): void {
  withClusterOptions(program.command("status"), {
    stack: "the stack whose stores are meant (default: all stores of a cluster)",
  })
    .option("--namespace <name>", "the store's namespace (default: all)")
    .option("--store <name>", "one store, by the name of its Service")
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (flags: StatusFlags) => {
      const report = await look(flags, context.signal);
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : statusText(report));
      context.end(report.survives ? ExitCode.Ok : ExitCode.FellShort);
    });
}

async function look(flags: StatusFlags, signal: AbortSignal): Promise<StatusReport> {
  const { stack, namespace, store: name } = flags;
  const meant = meantStores(flags, signal);
  // The CLI reads a stack's state while the client of the cluster is loaded: each takes half of a second.
  const { lookAtCluster } = await import("../features/status/look-at-cluster.ts");
  const { connection, ofStack, among } = await meant;
  const options = { failed: "nothing was looked at", seconds: answerSeconds, ofStack, signal };
  return lookAtCluster(connection, { stack, among, namespace, name }, options);
}
