import { InvalidArgumentError, Option, type Command } from "commander";
import { openUserStack } from "../pulumi/user-stack";
import { ExitCode } from "../errors";
import { commandLine, stackFlags } from "../terminal/command-line";
import { during } from "../terminal/progress";
import { findingsText, verdictText } from "../features/verify/text";
import type { Finding } from "../features/verify/finding";
import {
  askedOfStack,
  compareStack,
  defaultPatienceSeconds,
  verifyVersion,
  type VerifyReport,
} from "../features/verify/verify";
import type { CommandContext } from "./context";
import { userStack, withStackOptions, type StackFlags } from "./stack-options";

interface VerifyFlags extends StackFlags {
  patience: number;
}

const example = `
Exit codes: 0 no differences; 1 a difference, or the stack could not be
compared; 2 the stack requests nothing, or wrong usage; 3 no access to the
cluster.

Example:
  longhorn-s3 verify --stack prod --json
`;

/** `longhorn-s3 verify` */
export function addCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command("verify"))
    .addOption(
      new Option("--patience <seconds>", "time limit for pending changes to arrive")
        .argParser(secondsOf)
        .default(defaultPatienceSeconds),
    )
    .addHelpText("after", example)
    .action(async (flags: VerifyFlags) => {
      const findings = await verifyStack(flags, context);
      const report: VerifyReport = { verifyVersion, stack: flags.stack, findings };
      context.print(flags.json ? JSON.stringify(report, undefined, 2) : findingsText(findings));
      context.end(findings.length === 0 ? ExitCode.Ok : ExitCode.FellShort);
    });
}

async function verifyStack(flags: VerifyFlags, context: CommandContext): Promise<Finding[]> {
  const { stack, cwd, json, patience: patienceSeconds } = flags;
  const opened = await openUserStack(userStack(flags));
  const exported = await opened.stack.exportStack();
  const asked = askedOfStack(exported, stack, commandLine(["up"], stackFlags(stack, cwd)));
  const compare = (): Promise<Finding[]> => compareStack(exported, asked, { patienceSeconds, signal: context.signal });
  return during(context.progress(json), "Verify", compare, verdictText);
}

function secondsOf(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a number of seconds from 0 to 9999.");
}
