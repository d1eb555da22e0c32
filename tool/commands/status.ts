import type { Command } from "commander";
import { ExitCode } from "../errors";
import { statusText } from "../features/status/text";
import type { StatusReport } from "../features/status/report";
import { targetStores, type ClusterFlags } from "../pulumi/target-cluster";
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
Exit codes: 0 all stores would survive a failure now; 1 a store would not;
2 no such store, or wrong usage; 3 no access to the cluster.

Examples:
  longhorn-s3 status --stack prod
  longhorn-s3 status --context prod --namespace photos --json
`;

/** `longhorn-s3 status` */
export function addCommand(program: Command, context: CommandContext): void {
  withClusterOptions(program.command("status"), {
    stack: "stack of the stores (default: all stores of a cluster)",
  })
    .option("--namespace <name>", "namespace of the store (default: all)")
    .option("--store <name>", "name of the store's Service (default: all)")
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
  const meant = targetStores(flags, signal);
  // The CLI reads a stack's state while the client of the cluster is loaded: each takes half of a second.
  const { lookAtCluster } = await import("../features/status/look-at-cluster.ts");
  const { connection, ofStack, among } = await meant;
  const options = { failed: "nothing was looked at", seconds: answerSeconds, ofStack, signal };
  return lookAtCluster(connection, { stack, among, namespace, name }, options);
}
