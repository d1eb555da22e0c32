import type { Command } from "commander";
import { kubeConfigOf } from "../cluster/connection";
import { ExitCode } from "../exit-codes";
import { unfenceNode } from "../fence/unfence";
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
      const report = await unfenceNode(kubeConfigOf(flags), { node, progress: context.progress(flags.json), signal });
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : unfenceReportText(report));
      context.end(ExitCode.Ok);
    });
}
