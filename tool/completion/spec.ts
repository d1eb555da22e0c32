import type { Command, Option } from "commander";

/** A command as a shell completes it. */
export interface CommandSpec {
  /** Its words after `longhorn-s3`, such as `drill node-failure`; empty of the program itself. */
  path: string;
  subcommands: readonly { name: string; description: string }[];
  options: readonly OptionSpec[];
  /** What its first argument may be, where that is known. */
  values: readonly string[];
}

export interface OptionSpec {
  /** Such as `--stack`. */
  name: string;
  description: string;
  /** What follows it; absent where nothing does. */
  value?: ValueSpec;
}

/** `stack`: by the files `Pulumi.<stack>.yaml`; `any`: nobody knows. */
export type ValueSpec = "file" | "folder" | "stack" | "any" | readonly string[];

/** The program and everything below it. */
export function commandSpecs(program: Command): CommandSpec[] {
  return specsOf(program, "");
}

function specsOf(command: Command, path: string): CommandSpec[] {
  const subcommands = command.commands.map((one) => ({ name: one.name(), description: one.description() }));
  const options = command.options.filter(({ hidden }) => !hidden).map(optionOf);
  const values = command.registeredArguments[0]?.argChoices ?? [];
  const own = { path, subcommands, options: [...options, help], values };
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
  if (placeholder === "file") return "file";
  return ["folder", "directory"].includes(placeholder) ? "folder" : "any";
}
