import { InvalidArgumentError, Option, type Command } from "commander";
import { kubeConfigOf } from "../cluster/connection";
import { readStackPlaces } from "../deploy/stack-places";
import { openUserStack } from "../deploy/user-stack";
import { ExitCode, throwIfInterrupted, ToolError } from "../exit-codes";
import { faultError } from "../faults/fault-error";
import { noCluster } from "../faults/no-cluster";
import { during, type Progress } from "../render/progress";
import { findingsText } from "../render/findings-text";
import { askedOf, asksNothing, type Asked } from "../verify/asked";
import type { Finding } from "../verify/finding";
import { verify, verifyVersion, type VerifyReport } from "../verify/verify";
import { within } from "../within";
import type { CommandContext } from "./context";
import { tellFault } from "./operation";
import { userStack, withStackOptions, type StackFlags } from "./stack-options";

/** Longhorn's manager needs some seconds after Helm is done. */
const defaultPatienceSeconds = 30;

/** An API server that does not answer by then, with all patience over, does not answer. */
const answerSeconds = 30;

interface VerifyFlags extends StackFlags {
  patience: number;
}

const example = `
Exit codes: 0 all is as asked; 1 something is not, or the stack could not be compared; 2 the stack asks for nothing, or wrong usage; 3 no way to
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
      try {
        const findings = await verifyStack(flags, context.progress(flags.json), context.signal, flags.patience);
        const report: VerifyReport = { verifyVersion, stack: flags.stack, findings };
        context.print(flags.json ? JSON.stringify(report, undefined, 2) : findingsText(findings));
        context.end(findings.length === 0 ? ExitCode.Ok : ExitCode.FellShort);
      } catch (error) {
        tellFault(error, flags, context);
      }
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
        `longhorn-s3 up --stack ${flags.stack} deploys it.`,
      ExitCode.Refused,
    );
  }
  const compare = (): Promise<Finding[]> => compareWith(exported, asked, patienceSeconds, signal);
  return during(progress, "Verify", compare, ({ length }) =>
    length === 0 ? "all as asked" : `not as asked: ${length}`,
  );
}

async function compareWith(
  exported: unknown,
  asked: Asked,
  patienceSeconds: number,
  signal: AbortSignal,
): Promise<Finding[]> {
  try {
    const config = kubeConfigOf(readStackPlaces(exported).connection);
    return await within(answerSeconds + patienceSeconds, verify(config, asked, patienceSeconds, signal));
  } catch (error) {
    throwIfInterrupted(signal);
    const fault = noCluster(error);
    throw faultError("nothing was compared", [error instanceof Error ? error.message : String(error)], [fault]);
  }
}

function secondsOf(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It has to be a number of seconds from 0 to 9999.");
}
