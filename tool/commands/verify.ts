import { InvalidArgumentError, Option, type Command } from "commander";
import { readStackPlaces } from "../pulumi/stack-places";
import { openUserStack } from "../pulumi/user-stack";
import { ExitCode, ToolError } from "../exit-codes";
import { onCluster } from "../diagnosis/on-cluster";
import { commandLine, stackFlags } from "../terminal/command-line";
import { during, type Progress } from "../terminal/progress";
import { findingsText } from "../features/verify/text";
import { askedOf, asksNothing } from "../features/verify/asked";
import type { Finding } from "../features/verify/finding";
import { verify, verifyVersion, type VerifyReport } from "../features/verify/verify";
import type { CommandContext } from "./context";
import { userStack, withStackOptions, type StackFlags } from "./stack-options";

/** Longhorn's manager needs some seconds after Helm is done. */
const defaultPatienceSeconds = 30;

/** An API server that does not answer by then, with all patience over, does not answer. */
const answerSeconds = 30;

interface VerifyFlags extends StackFlags {
  patience: number;
}

const example = `
Exit codes here: 0 all is as asked; 1 something is not, or the stack could not be compared; 2 the stack asks for nothing, or wrong usage; 3 no way to
the cluster.

Example:
  longhorn-s3 verify --stack prod --json
`;

/** `longhorn-s3 verify` */
export function addVerifyCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command("verify"))
    .addOption(
      new Option("--patience <seconds>", "how long to look again at what may still arrive")
        .argParser(secondsOf)
        .default(defaultPatienceSeconds),
    )
    .addHelpText("after", example)
    .action(async (flags: VerifyFlags) => {
      const findings = await verifyStack(flags, context.progress(flags.json), context.signal, flags.patience);
      const report: VerifyReport = { verifyVersion, stack: flags.stack, findings };
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : findingsText(findings));
      context.end(findings.length === 0 ? ExitCode.Ok : ExitCode.FellShort);
    });
}

/**
 * Reads what the stack asked for from its state, and what is there from its cluster.
 *
 * @param patienceSeconds how long what may still arrive is looked at again
 * @throws ToolError where the stack asks for nothing of Longhorn, FaultError where its state or cluster cannot be read
 */
export async function verifyStack(
  flags: StackFlags,
  progress: Progress,
  signal: AbortSignal,
  patienceSeconds = defaultPatienceSeconds,
): Promise<Finding[]> {
  const { stack } = await openUserStack(userStack(flags));
  const exported = await stack.exportStack();
  const asked = askedOf(exported);
  if (asksNothing(asked)) {
    throw new ToolError(
      `stack ${flags.stack} asks for nothing that could be compared: it has no Longhorn, no StorageClass and no volume. ` +
        `${commandLine(["up"], stackFlags(flags.stack, flags.cwd))} deploys it.`,
      ExitCode.Refused,
    );
  }
  const compare = (): Promise<Finding[]> =>
    onCluster(readStackPlaces(exported).connection, ({ config }) => verify(config, asked, patienceSeconds, signal), {
      failed: "nothing was compared",
      seconds: answerSeconds + patienceSeconds,
      ofStack: true,
      signal,
    });
  return during(progress, "Verify", compare, ({ length }) =>
    length === 0 ? "all as asked" : `not as asked: ${length}`,
  );
}

function secondsOf(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It has to be a number of seconds from 0 to 9999.");
}
