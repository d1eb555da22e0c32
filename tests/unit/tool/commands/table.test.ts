import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { commandLine, commands } from "../../../../tool/commands/program";
import type { CommandContext } from "../../../../tool/commands/context";
import { silent } from "../../../../tool/render/progress";
import { repositoryDirectory } from "../../../../tool/repository";

const context: CommandContext = {
  ...{ progress: () => silent, print: () => undefined, end: () => undefined },
  signal: new AbortController().signal,
};

type Command = ReturnType<typeof commandLine>;

/** Everything that can be run, by its words. */
function runnable(command: Command, path = ""): [string, Command][] {
  if (command.commands.length === 0) return [[path, command]];
  return command.commands.flatMap((one) => runnable(one, `${path} ${one.name()}`.trim()));
}

/** The whole help of a command, with what is added to it. */
function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text;
}

describe("the table of commands", () => {
  const program = commandLine(context);
  const all = runnable(program);

  it("has every command, each described once", () => {
    assert.deepEqual(
      program.commands.map((command) => [command.name(), command.description()]),
      Object.entries(commands),
    );
    const exported = readdirSync(join(repositoryDirectory, "tool", "commands"));
    for (const name of Object.keys(commands)) assert.ok(exported.includes(`${name}.ts`));
  });

  it("has a description of every command and every option", () => {
    for (const [path, command] of all) {
      assert.notEqual(command.description(), "", path);
      for (const option of command.options) assert.notEqual(option.description, "", `${path} ${option.flags}`);
      for (const argument of command.registeredArguments) assert.notEqual(argument.description, "", path);
    }
  });

  it("has an example in the help of every command", () => {
    for (const command of program.commands) {
      assert.match(helpOf(command), new RegExp(`\\nExamples?:\\n.*longhorn-s3 ${command.name()}`), command.name());
    }
  });

  it("says the same of one option everywhere", () => {
    const said = new Map<string, Set<string>>();
    for (const [, command] of all) {
      for (const { long, flags } of command.options)
        said.set(long ?? flags, (said.get(long ?? flags) ?? new Set()).add(flags));
    }
    const several = [...said].filter(([, flags]) => flags.size > 1);
    assert.deepEqual(several, []);
  });

  it("takes --json wherever there is a result for machines", () => {
    const without = all
      .filter(([, { options }]) => !options.some(({ long }) => long === "--json"))
      .map(([path]) => path);
    assert.deepEqual(without, ["completion"]);
  });

  it("loads only the command that is run, and lists all", () => {
    const listed = commandLine(context, ["unfence", "node-2"]);
    assert.deepEqual(
      listed.commands.map((command) => [command.name(), command.description()]),
      Object.entries(commands),
    );
    const withOptions = listed.commands.filter(({ options }) => options.length > 0).map((command) => command.name());
    assert.deepEqual(withOptions, ["unfence"]);
    const helped = commandLine(context, ["help", "move"]).commands.filter(({ options }) => options.length > 0);
    assert.deepEqual(
      helped.map((command) => command.name()),
      ["move"],
    );
  });
});
