import type { Command } from "commander";
import { readOutputs } from "../pulumi/pulumi-cli";
import { outputsText } from "../pulumi/progress";
import type { CommandContext } from "./context";
import { withStackOptions, type StackFlags } from "./stack-options";

interface OutputsFlags extends StackFlags {
  showSecrets: boolean;
}

/** Result of `longhorn-s3 outputs --json`. The version increases when a field is removed or changes its meaning. */
export interface OutputsReport {
  outputsVersion: 1;
  stack: string;
  /** Outputs by name; a hidden secret is `[secret]`. */
  outputs: Record<string, unknown>;
}

const example = `
Examples:
  longhorn-s3 outputs --stack prod
  longhorn-s3 outputs --stack prod --json --show-secrets > keys.json
`;

/** `longhorn-s3 outputs` */
export function addCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command("outputs"))
    .option("--show-secrets", "print secrets in plain text", false)
    .addHelpText("after", example)
    .action(async ({ stack, cwd, showSecrets, json }: OutputsFlags) => {
      const outputs = await readOutputs({ name: stack, directory: cwd }, { showSecrets, signal: context.signal });
      const report: OutputsReport = { outputsVersion: 1, stack, outputs };
      context.print(json ? JSON.stringify(report, undefined, 2) : outputsText(outputs));
    });
}
