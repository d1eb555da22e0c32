import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { parseAllDocuments } from "yaml";
import { checkSchema } from "../../../stacks/config/schema-check";
import { configSchema } from "../../../stacks/config/schema.generated";
import { checkConfig } from "../../../stacks/config/read";
import { problemsText } from "../../../stacks/config/problems";
import { commandLine } from "../../../tool/commands/program";
import { repositoryDirectory as root } from "../../../tool/repository";
import { silent } from "../../../tool/terminal/progress";
import { flowchartProblems, shellCommands, type Block } from "./blocks";
import { sdkNameProblems, yamlResourceProblems } from "./schema-names";

/** Returns the errors in a checked block, except for those of TypeScript. */
export async function blockProblems(block: Block): Promise<string[]> {
  const found = await (checks[block.language] ?? unknownLanguage)(block);
  return found.map((problem) => `${block.at}: ${problem}`);
}

type Check = (block: Block) => string[] | Promise<string[]>;

const unknownLanguage: Check = ({ language }) => [
  `no check for "${language}": use one of ${Object.keys(checks).join(", ")}`,
];

const checks: Readonly<Record<string, Check>> = {
  sh: shellProblems,
  yaml: yamlProblems,
  json: jsonProblems,
  python: ({ text }) => sdkNameProblems(text),
  go: ({ text }) => sdkNameProblems(text),
  mermaid: ({ text }) => flowchartProblems(text),
  text: textProblems,
  ts: () => [],
};

async function shellProblems({ text }: Block): Promise<string[]> {
  const { status, stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
  if (status !== 0) return [stderr.trim()];
  const problems = await Promise.all(shellCommands(text).map(commandProblems));
  return problems.flat();
}

async function commandProblems([program, ...words]: readonly string[]): Promise<string[]> {
  if (program === "longhorn-s3") return commandLineProblems(words);
  const [first = "", second = ""] = words;
  if (program === "npm" && first === "run") return second in scripts() ? [] : [`no script "${second}" in package.json`];
  if (program === "npx" && first === "mocha") return existsSync(path.join(root, second)) ? [] : [`no file ${second}`];
  return [];
}

function scripts(): Record<string, string> {
  return (JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts;
}

/** Parses a command line by the program itself, with actions that do nothing. */
async function commandLineProblems(words: readonly string[]): Promise<string[]> {
  const program = await commandLine(
    { progress: () => silent, print: () => undefined, end: () => undefined, signal: new AbortController().signal },
    words,
  );
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    if (command.commands.length === 0) command.action(() => undefined);
  }
  try {
    await program.parseAsync(words, { from: "user" });
    return [];
  } catch (error) {
    const isHelp = error instanceof Error && "code" in error && error.code === "commander.helpDisplayed";
    return isHelp ? [] : [`longhorn-s3 ${words.join(" ")}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function yamlProblems({ text }: Block): string[] {
  return parseAllDocuments(text).flatMap((document) => {
    if (document.errors.length > 0) return document.errors.map(({ message }) => message);
    const value = document.toJS() as Record<string, unknown>;
    if ("config" in value) return configProblems(value["config"] as Record<string, unknown>);
    if ("resources" in value)
      return yamlResourceProblems(value["resources"] as Parameters<typeof yamlResourceProblems>[0]);
    return "apiVersion" in value && "kind" in value
      ? []
      : ['expected "config", "resources", or an object of Kubernetes'];
  });
}

/** Checks a whole configuration, or only the shape of some of its keys: one that names no cluster is a part. */
function configProblems(config: Record<string, unknown>): string[] {
  const project = "longhorn-s3";
  const values = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.replace(`${project}:`, ""), value]),
  );
  const identity = { project, stack: "dev" };
  const problems =
    "cluster" in values
      ? checkConfig(values, {
          ...identity,
          directories: { project: root, working: root },
          isSecret: () => false,
          written: (key) => values[key],
          exists: () => true,
        }).problems
      : checkSchema(values, configSchema).problems;
  return problems.length === 0 ? [] : [problemsText(problems, identity)];
}

/** A file of the policy pack's configuration: every key is one of its policies. */
function jsonProblems({ text }: Block): string[] {
  const policies = read("policy/policies.ts") + read("policy/rules.ts");
  return Object.keys(JSON.parse(text) as object)
    .filter((name) => !policies.includes(`"${name}"`))
    .map((name) => `no policy "${name}"`);
}

/** Output that a test compares with the page: the note is the file of the test. */
function textProblems({ at, note }: Block): string[] {
  const page = at.split(":")[0] ?? "";
  if (note === "" || !existsSync(path.join(root, note)))
    return [`expected the test that has this text, such as "text check: tests/unit/a.test.ts"`];
  return read(note).includes(page) ? [] : [`${note} does not read ${page}`];
}

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

/** Returns the errors of the type checker in blocks of TypeScript. Blocks of a page without imports are one module. */
export function typeProblems(blocks: readonly Block[]): string[] {
  const modules = modulesOf(blocks);
  const { options } = ts.parseJsonConfigFileContent(
    {
      ...(ts.readConfigFile(path.join(root, "tsconfig.check.json"), (file) => ts.sys.readFile(file)).config as object),
      include: [],
    },
    ts.sys,
    root,
  );
  const checked = { ...options, noUnusedLocals: false, noUnusedParameters: false };
  const files = ts.createCompilerHost(checked);
  const host: ts.CompilerHost = {
    ...files,
    fileExists: (file) => modules.has(file) || files.fileExists(file),
    readFile: (file) => modules.get(file)?.text ?? files.readFile(file),
    getSourceFile: (file, version, ...rest) => {
      const module = modules.get(file);
      return module === undefined
        ? files.getSourceFile(file, version, ...rest)
        : ts.createSourceFile(file, module.text, version);
    },
  };
  const program = ts.createProgram([...modules.keys()], checked, host);
  return [...modules].flatMap(([file, { at }]) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${at}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  });
}

function modulesOf(blocks: readonly Block[]): Map<string, { at: string; text: string }> {
  const modules = new Map<string, { at: string; text: string }>();
  for (const { at, text } of blocks) {
    const isWhole = /^import /m.test(text);
    const page = at.split(":")[0] ?? "";
    const name = isWhole ? at.replace(":", "-") : page;
    // Only ECMAScript modules have await at the top level, and only CommonJS modules have "export =".
    const file = path.join(root, `${name}${text.includes("export =") ? ".ts" : ".mts"}`);
    const earlier = modules.get(file);
    modules.set(file, { at: earlier?.at ?? at, text: (earlier?.text ?? (isWhole ? "" : "export {};\n")) + text });
  }
  return modules;
}
