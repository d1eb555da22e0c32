import type { Command } from "commander";
import { kubeConfigOf } from "../cluster/connection";
import { readStackPlaces } from "../deploy/stack-places";
import { openUserStack } from "../deploy/user-stack";
import { ExitCode } from "../exit-codes";
import { during, type Progress } from "../render/progress";
import { findingsText } from "../render/findings-text";
import { askedOf } from "../verify/asked";
import type { Finding } from "../verify/findings";
import { verify, verifyVersion, type VerifyReport } from "../verify/verify";
import type { CommandContext } from "./context";
import { userStack, withStackOptions, type StackFlags } from "./stack-options";

/** Longhorn's manager needs some seconds after Helm is done. */
const patienceSeconds = 30;

const example = `
Example:
  longhorn-s3 verify --stack prod --json
`;

/** `longhorn-s3 verify` */
export function addVerifyCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command("verify"))
    .description(
      "Say what in the cluster is not as the stack asked for: settings, StorageClasses, volumes, nodes, backup target",
    )
    .addHelpText("after", example)
    .action(async (flags: StackFlags) => {
      const findings = await verifyStack(flags, context.progress(flags.json), context.signal);
      const report: VerifyReport = { verifyVersion, stack: flags.stack, findings };
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : findingsText(findings));
      context.end(findings.length === 0 ? ExitCode.Ok : ExitCode.FellShort);
    });
}

/** Reads what the stack asked for from its state, and what is there from its cluster. */
export async function verifyStack(flags: StackFlags, progress: Progress, signal: AbortSignal): Promise<Finding[]> {
  const { stack } = await openUserStack(userStack(flags));
  const exported = await stack.exportStack();
  const config = kubeConfigOf(readStackPlaces(exported).connection);
  return during(
    progress,
    "Verify",
    () => verify(config, askedOf(exported), patienceSeconds, signal),
    ({ length }) => (length === 0 ? "all as asked" : `not as asked: ${length}`),
  );
}
