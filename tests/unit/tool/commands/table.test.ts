import assert from "node:assert/strict";
import { commandLine, commands } from "../../../../tool/commands/program";
import type { CommandContext } from "../../../../tool/commands/context";
import { DrillCase } from "../../../../tool/drill/cases";
import { silent } from "../../../../tool/terminal/progress";

const context: CommandContext = {
  ...{ progress: () => silent, print: () => undefined, end: () => undefined },
  signal: new AbortController().signal,
};

type Command = Awaited<ReturnType<typeof commandLine>>;

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

const aSandbox = "its cluster is a sandbox of its own";
const drillsOf = (reason: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.values(DrillCase).map((drillCase) => [`drill ${drillCase}`, reason]));

/** Commands without `--stack`, each with the reason. */
const withoutStack: Readonly<Record<string, string>> = {
  "drill compare": "it reads two reports",
  demo: aSandbox,
  "sandbox start": aSandbox,
  "sandbox stop": aSandbox,
  "sandbox status": aSandbox,
  completion: "it prints a script",
};

const reads = "it only reads";

/** Commands without `--yes`, each with the reason. */
const withoutYes: Readonly<Record<string, string>> = {
  preflight: reads,
  preview: reads,
  status: reads,
  outputs: reads,
  verify: reads,
  predict: reads,
  ...drillsOf("on a cluster that is no sandbox it wants more than a yes: --yes-this-is-production"),
  "drill compare": reads,
  demo: aSandbox,
  "sandbox start": aSandbox,
  "sandbox stop": aSandbox,
  "sandbox status": reads,
  completion: reads,
};

describe("the table of commands", function () {
  this.timeout("2m");
  const described = Object.entries(commands).map(([name, { description }]) => [name, description]);
  let program: Command;
  let all: [string, Command][];

  before(async () => {
    program = await commandLine(context);
    all = runnable(program);
  });

  for (const [name, { load }] of Object.entries(commands)) {
    it(`loads for ${name} the module that adds the command of that name, and no other`, async () => {
      const empty = program.createCommand("longhorn-s3");
      (await load()).addCommand(empty, context, () => commandLine(context));
      assert.deepEqual(
        empty.commands.map((command) => command.name()),
        [name],
      );
    });
  }

  it("is the list that the help shows", () => {
    assert.deepEqual(
      program.commands.map((command) => [command.name(), command.description()]),
      described,
    );
    const [, listed = ""] = /\nCommands:\n([\s\S]*?)\n\n/.exec(helpOf(program)) ?? [];
    const names = [...listed.matchAll(/^ {2}([\w-]+) /gm)].map(([, name]) => name);
    assert.deepEqual(names, [...Object.keys(commands), "help"]);
  });

  it("has a description of every command and every option", () => {
    for (const [path, command] of all) {
      assert.notEqual(command.description(), "", path);
      for (const option of command.options) assert.notEqual(option.description, "", `${path} ${option.flags}`);
      for (const argument of command.registeredArguments) assert.notEqual(argument.description, "", path);
    }
  });

  it("has an example and the exit codes in the help of everything that can be run", () => {
    const groups = program.commands.map((command): [string, Command] => [command.name(), command]);
    for (const [path, command] of [...groups, ...all]) {
      const help = helpOf(command);
      assert.match(help, new RegExp(`\\nExamples?:\\n.*longhorn-s3 ${path}( |\\n)`), path);
      assert.match(help, /\nExit codes:\n {2}0 [\s\S]*\n {2}1 [\s\S]*\n {2}2 [\s\S]*\n {2}3 [\s\S]*\n {2}130 /, path);
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

  /** What can be run without the option. */
  const lacking = (option: string): string[] =>
    all.filter(([, { options }]) => !options.some(({ long }) => long === option)).map(([path]) => path);

  it("takes --json wherever there is a result for machines", () => {
    assert.deepEqual(lacking("--json"), ["completion"]);
  });

  it("takes --stack wherever a stack or a cluster is meant", () => {
    assert.deepEqual(lacking("--stack"), Object.keys(withoutStack));
  });

  it("takes --yes wherever something that lasts is changed", () => {
    assert.deepEqual(lacking("--yes"), Object.keys(withoutYes));
  });

  it("loads only the command that is run, and lists all", async () => {
    const listed = await commandLine(context, ["unfence", "node-2"]);
    assert.deepEqual(
      listed.commands.map((command) => [command.name(), command.description()]),
      described,
    );
    const withOptions = listed.commands.filter(({ options }) => options.length > 0).map((command) => command.name());
    assert.deepEqual(withOptions, ["unfence"]);
    const helped = await commandLine(context, ["help", "move"]);
    assert.deepEqual(
      helped.commands.filter(({ options }) => options.length > 0).map((command) => command.name()),
      ["move"],
    );
  });
});
