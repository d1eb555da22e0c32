import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandLine } from "../../../tool/commands/program";
import { bashCompletion } from "../../../tool/completion/bash";
import { fishCompletion } from "../../../tool/completion/fish";
import { commandSpecs, type CommandSpec } from "../../../tool/completion/spec";
import { zshCompletion } from "../../../tool/completion/zsh";
import { silent } from "../../../tool/terminal/progress";

const hasShell = (shell: string): boolean => spawnSync(shell, ["-c", "exit 0"]).status === 0;

describe("completion", function () {
  this.timeout(60_000);
  let specs: CommandSpec[];
  let folder: string;

  before(async () => {
    const program = await commandLine({
      ...{ progress: () => silent, print: () => undefined, end: () => undefined },
      signal: new AbortController().signal,
    });
    specs = commandSpecs(program);
    folder = mkdtempSync(join(tmpdir(), "longhorn-s3-completion-"));
    for (const stack of ["dev", "prod"]) writeFileSync(join(folder, `Pulumi.${stack}.yaml`), "");
    writeFileSync(join(folder, "Pulumi.yaml"), "");
    mkdirSync(join(folder, "elsewhere"));
    writeFileSync(join(folder, "elsewhere", "Pulumi.other.yaml"), "");
    writeFileSync(join(folder, "completion.bash"), bashCompletion(specs));
    writeFileSync(join(folder, "completion.zsh"), zshCompletion(specs));
    writeFileSync(join(folder, "completion.fish"), fishCompletion(specs));
  });
  after(() => rmSync(folder, { recursive: true }));

  const cases: [line: string[], offered: string[]][] = [
    [["sta"], ["status"]],
    [["d"], ["destroy", "drill", "demo"]],
    [
      ["drill", "node-"],
      ["node-failure", "node-return"],
    ],
    [
      ["up", "--stack", ""],
      ["dev", "prod"],
    ],
    [["up", "--cwd", "elsewhere", "--stack", ""], ["other"]],
    [
      ["drill", "node-failure", "--profile", ""],
      ["fast", "production"],
    ],
    [["predict", "--on-node-failure", "F"], ["Fence"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish", "--help"],
    ],
    [["move", "--w"], ["--wait"]],
    [["move", "--wait", ""], []],
    [["status", "--cwd", "e"], ["elsewhere"]],
    [["drill", "compare", "completion.b"], ["completion.bash"]],
    [["drill", "compare", "completion.bash", "Pulumi.d"], ["Pulumi.dev.yaml"]],
    [["drill", "compare", "--j"], ["--json"]],
    [["init", "e"], ["elsewhere"]],
    [["init", "Pulumi"], []],
  ];

  for (const [line, offered] of cases) {
    it(`offers bash ${JSON.stringify(offered)} after ${JSON.stringify(line)}`, function () {
      if (!hasShell("bash")) this.skip();
      const words = ["longhorn-s3", ...line];
      const script = `source ./completion.bash; COMP_WORDS=("$@"); COMP_CWORD=${words.length - 1}; _longhorn_s3; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const said = execFileSync("bash", ["--norc", "-c", script, "bash", ...words], { cwd: folder, encoding: "utf8" });
      assert.deepEqual(
        said
          .split("\n")
          .filter((word) => word !== "")
          .sort(),
        [...offered].sort(),
      );
    });

    it(`offers fish ${JSON.stringify(offered)} after ${JSON.stringify(line)}`, function () {
      if (!hasShell("fish")) this.skip();
      const typed = ["longhorn-s3", ...line].join(" ");
      const script = `source completion.fish; complete -C "${typed}"`;
      const said = execFileSync("fish", ["--no-config", "-c", script], { cwd: folder, encoding: "utf8" });
      const words = said.split("\n").map((one) => one.split("\t", 1)[0]?.replace(/\/$/, "") ?? "");
      const wanted = offered.filter((word) => !word.startsWith("--") || line.at(-1)?.startsWith("--"));
      assert.deepEqual(words.filter((word) => word !== "").sort(), wanted.sort());
    });
  }

  it("is a script that zsh takes", function () {
    if (!hasShell("zsh")) this.skip();
    const { status, stderr } = spawnSync("zsh", ["-n", join(folder, "completion.zsh")], { encoding: "utf8" });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  });

  it("knows the value of every option that takes one", () => {
    const stacks = specs.flatMap(({ path, options }) =>
      options.flatMap(({ value }) => (value === "stack" ? [path] : [])),
    );
    const wanted = [
      "up",
      "destroy",
      "status",
      "outputs",
      "verify",
      "move",
      "fence",
      "unfence",
      "preflight",
      "drill cleanup",
    ];
    assert.ok(wanted.every((path) => stacks.includes(path)));
  });
});
