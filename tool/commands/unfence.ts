import type { Command } from "commander";
import type { Cluster } from "../cluster/connection";
import { ExitCode } from "../exit-codes";
import { onCluster } from "../faults/on-cluster";
import { unfenceNode, type UnfenceReport } from "../fence/unfence";
import { unfenceReportText } from "../render/fence-text";
import type { CommandContext } from "./context";
import { jsonOption } from "./options";

interface UnfenceFlags {
  kubeconfig?: string;
  context?: string;
  json: boolean;
}

const example = `
Example:
  longhorn-s3 unfence node-2
`;

/** `longhorn-s3 unfence` */
export function addUnfenceCommand(program: Command, context: CommandContext): void {
  program
    .command("unfence")
    .argument("<node>", "a node that longhorn-s3 fence has taken out of service")
    .option("--kubeconfig <file>", "a kubeconfig (default: where kubectl looks)")
    .option("--context <name>", "a context in it (default: its current one)")
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (node: string, flags: UnfenceFlags) => {
      const { signal } = context;
      const options = { node, progress: context.progress(flags.json), signal };
      const unfence = ({ config }: Cluster): Promise<UnfenceReport> => unfenceNode(config, options);
      const report = await onCluster(flags, unfence, { failed: `unfence ${node} failed`, signal });
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : unfenceReportText(report));
      context.end(ExitCode.Ok);
    });
}
