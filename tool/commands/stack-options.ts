import { Option, type Command } from "commander";
import type { UserStack } from "../pulumi/user-stack";
import { ExitCode, ToolError } from "../errors";
import type { CommandContext } from "./context";
import { jsonOption } from "./options";

/** Options of every command on a user's stack. */
export interface StackFlags {
  stack: string;
  cwd: string;
  json: boolean;
}

/** Options of commands that change resources. */
export interface ChangingFlags extends StackFlags {
  yes: boolean;
}

/** Adds the options that select a stack. Backend, passphrase and kubeconfig are those of the shell, as for `pulumi`. */
export function withStackOptions(command: Command): Command {
  return command
    .requiredOption("--stack <name>", "name of the stack")
    .addOption(new Option("--cwd <folder>", "folder of Pulumi.yaml").default("."))
    .addOption(jsonOption());
}

export function yesOption(): Option {
  return new Option("--yes", "skip the confirmation").default(false);
}

export function userStack({ stack, cwd }: StackFlags): UserStack {
  return { name: stack, directory: cwd };
}

/**
 * Asks before a change, unless the operator agreed beforehand.
 *
 * @throws ToolError without a terminal
 */
export function agreed(
  question: string,
  { yes, json }: Pick<ChangingFlags, "yes" | "json">,
  context: CommandContext,
): Promise<boolean> {
  if (yes) return Promise.resolve(true);
  if (json || context.confirm === undefined) {
    return Promise.reject(
      new ToolError(
        `${question} There is no terminal for the confirmation. Use --yes to skip it. Nothing was changed.`,
        ExitCode.Refused,
      ),
    );
  }
  return context.confirm(question);
}

/**
 * Asks for a confirmation before a change.
 *
 * @throws ToolError if the answer is no, or without a terminal
 */
export async function confirm(
  question: string,
  flags: Pick<ChangingFlags, "yes" | "json">,
  context: CommandContext,
): Promise<void> {
  if (!(await agreed(question, flags, context))) throw new ToolError("Nothing was changed.", ExitCode.Refused);
}
