import { Argument, type Command } from "commander";
import { bashCompletion } from "../completion/bash";
import { fishCompletion } from "../completion/fish";
import { commandSpecs, type CommandSpec } from "../completion/spec";
import { zshCompletion } from "../completion/zsh";
import type { CommandContext } from "./context";

const shells: Readonly<Record<string, (specs: readonly CommandSpec[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

const example = `
Stacks are completed from the files Pulumi.<stack>.yaml in --cwd.

Examples:
  eval "$(longhorn-s3 completion bash)"                                            in ~/.bashrc
  source <(longhorn-s3 completion zsh)                                             in ~/.zshrc
  longhorn-s3 completion fish > ~/.config/fish/completions/longhorn-s3.fish
`;

/** `longhorn-s3 completion` */
export function addCommand(program: Command, context: CommandContext, whole: () => Promise<Command>): void {
  program
    .command("completion")
    .addArgument(new Argument("<shell>", "the shell").choices(Object.keys(shells)))
    .addHelpText("after", example)
    .action(async (shell: string) => context.print(shells[shell]?.(commandSpecs(await whole())) ?? ""));
}
