import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { declarationsOf } from "../../../generate/declarations";
import { failureReport, jsonReports } from "../../../generate/json-reference";
import type { CommandContext } from "../../../tool/commands/context";
import { commandLine } from "../../../tool/commands/program";
import { silent } from "../../../tool/terminal/progress";
import { command } from "./commands/command";
import { threeRunsReport } from "./drill-reports";

const context: CommandContext = {
  ...{ progress: () => silent, print: () => undefined, end: () => undefined },
  signal: new AbortController().signal,
};

type Command = Awaited<ReturnType<typeof commandLine>>;

function withJson(one: Command, path = ""): string[] {
  if (one.commands.length > 0)
    return one.commands.flatMap((inner) => withJson(inner, `${path} ${inner.name()}`.trim()));
  return one.options.some(({ long }) => long === "--json") ? [path] : [];
}

/** The report as its page has it. */
function documented(name: string) {
  const report = jsonReports.find(({ commands }) => commands.includes(name)) ?? assert.fail(`${name} has no report`);
  return declarationsOf(report.type, report.file)[0] ?? assert.fail(`${report.file} has no ${report.type}`);
}

describe("what --json prints", function () {
  this.timeout(60_000);
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "longhorn-s3-json-"))));
  after(() => rmSync(folder, { recursive: true }));

  it("is described for every command that has it", async () => {
    const described = jsonReports.flatMap(({ commands }) => commands).filter((name) => name !== "move --undo");
    assert.deepEqual(described.sort(), withJson(await commandLine(context)).sort());
  });

  it("begins with its version, as a failure does", () => {
    for (const { type, file } of [...jsonReports, failureReport]) {
      const [declared] = declarationsOf(type, file);
      assert.match(declared?.keys[0]?.name ?? "", /Version$/, type);
      assert.equal(declared?.keys[0]?.isOptional, false, type);
      assert.match(declared?.text ?? "", new RegExp(`${declared?.keys[0]?.name ?? ""}: \\d+;`), type);
    }
  });

  /** Whether an object has the keys that are described, its version first. */
  const isAsDescribed = (printed: string, { name: type, keys }: ReturnType<typeof documented>): void => {
    const there = Object.keys(JSON.parse(printed) as object);
    const known = keys.map(({ name }) => name);
    const required = keys.filter(({ isOptional }) => !isOptional).map(({ name }) => name);
    assert.equal(there[0], known[0], type);
    assert.deepEqual(
      there.filter((key) => !known.includes(key)),
      [],
      `${type} has keys that are not described`,
    );
    assert.deepEqual(
      required.filter((key) => !there.includes(key)),
      [],
      `${type} lacks keys`,
    );
  };

  it("has the keys that are described", async () => {
    const [one, other] = ["one.json", "other.json"].map((name) => join(folder, name));
    const drilled = JSON.stringify(threeRunsReport());
    for (const file of [one, other]) writeFileSync(file ?? "", drilled);
    const lines: Readonly<Record<string, string[]>> = {
      predict: ["predict"],
      "drill compare": ["drill", "compare", one ?? "", other ?? ""],
      init: ["init", join(folder, "project"), "--yes", "--context", "dev", "--on-node-failure", "Wait"],
    };
    for (const [name, line] of Object.entries(lines)) {
      const { stdout, stderr } = await command([...line, "--json"]);
      assert.equal(stderr, "");
      isAsDescribed(stdout, documented(name));
    }
    isAsDescribed(drilled, documented("drill node-failure"));
  });

  it("has the keys that are described where it fails, is refused, or has nobody to ask", async () => {
    const [failure] = declarationsOf(failureReport.type, failureReport.file);
    const lines = [
      ["predict", "--stack", "dev", "--compare"],
      ["status", "--cwd", folder],
      ["sandbox", "status", "--directory", join(folder, "none")],
      ["outputs", "--stack", "dev", "--cwd", join(folder, "none")],
    ];
    for (const line of lines) {
      const { stdout, stderr, exitCode } = await command([...line, "--json"]);
      assert.equal(stderr, "", line.join(" "));
      isAsDescribed(stdout, failure ?? assert.fail());
      assert.equal((JSON.parse(stdout) as { exitCode: number }).exitCode, exitCode);
      assert.notEqual(exitCode, 0);
    }
  });
});
