import type { Command } from "commander";
import type { Cluster } from "../cluster/connection";
import { targetCluster, type ClusterFlags } from "../pulumi/target-cluster";
import { ExitCode } from "../errors";
import { onCluster } from "../diagnosis/on-cluster";
import { unfenceNode, type UnfenceReport } from "../features/fence/unfence";
import { unfenceReportText } from "../features/fence/text";
import { withClusterOptions } from "./cluster-options";
import type { CommandContext } from "./context";
import { jsonOption } from "./options";
import { agreed, yesOption } from "./stack-options";

interface UnfenceFlags extends ClusterFlags {
  yes: boolean;
  json: boolean;
}

const example = `
Examples:
  longhorn-s3 unfence node-2 --stack prod
  longhorn-s3 unfence node-2 --context prod --yes --json
`;

/** `longhorn-s3 unfence` */
export function addCommand(program: Command, context: CommandContext): void {
  withClusterOptions(program.command("unfence"), { stack: "stack on the cluster" })
    .argument("<node>", "name of a node that longhorn-s3 fence has taken out of service")
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText("after", example)
    .action(async (node: string, flags: UnfenceFlags) => {
      const { signal } = context;
      const agree = (): Promise<boolean> => agreed(`Return node ${node} to service?`, flags, context);
      const options = { node, agree, progress: context.progress(flags.json), signal };
      const unfence = ({ config }: Cluster): Promise<UnfenceReport> => unfenceNode(config, options);
      const { connection, ofStack } = await targetCluster(flags, signal);
      const report = await onCluster(connection, unfence, { failed: `unfence ${node} failed`, ofStack, signal });
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : unfenceReportText(report));
      context.end(ExitCode.Ok);
    });
}
