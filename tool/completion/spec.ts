import type { Command, Option } from "commander";

/** Command, as a shell completes it. */
export interface CommandSpec {
  /** Words after `longhorn-s3`, such as `drill node-failure`; empty for the program itself. */
  path: string;
  subcommands: readonly { name: string; description: string }[];
  options: readonly OptionSpec[];
  /** Values of its arguments; absent without arguments. */
  argument?: ValueSpec;
}

export interface OptionSpec {
  /** Name, such as `--stack`. */
  name: string;
  description: string;
  /** Value of the option; absent for a flag. */
  value?: ValueSpec;
}

/** Returns the words of a value with a fixed set; otherwise an empty list. */
export const choicesOf = (value: ValueSpec | undefined): readonly string[] => (typeof value === "object" ? value : []);

/** `stack`: by the files `Pulumi.<stack>.yaml`; `any`: no completion. */
export type ValueSpec = "file" | "folder" | "stack" | "any" | readonly string[];

/** Returns the program and all commands below it. */
export function commandSpecs(program: Command): CommandSpec[] {
  return specsOf(program, "");
}

function specsOf(command: Command, path: string): CommandSpec[] {
  const subcommands = command.commands.map((one) => ({ name: one.name(), description: one.description() }));
  const options = command.options.filter(({ hidden }) => !hidden).map(optionOf);
  const [first] = command.registeredArguments;
  const argument = first && (first.argChoices ?? kindOf(first.name(), first.name()));
  const own = { path, subcommands, options: [...options, help], ...(argument && { argument }) };
  return [own, ...command.commands.flatMap((one) => specsOf(one, `${path} ${one.name()}`.trim()))];
}

const help: OptionSpec = { name: "--help", description: "say how it is used" };

function optionOf(option: Option): OptionSpec {
  const { long, short, flags, description, argChoices } = option;
  const name = long ?? short ?? flags;
  const [, placeholder] = /[<[](.+?)[>\]]/.exec(flags) ?? [];
  if (placeholder === undefined) return { name, description };
  return { name, description, value: argChoices ?? kindOf(name, placeholder) };
}

function kindOf(name: string, placeholder: string): ValueSpec {
  if (name === "--stack") return "stack";
  if (/(^|-)file$/.test(placeholder)) return "file";
  return ["folder", "directory"].includes(placeholder) ? "folder" : "any";
}
