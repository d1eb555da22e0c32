import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { repositoryDirectory as root } from "../../../tool/repository";
import { blocksIn, markProblems, shownShare, type Block } from "./blocks";
import { blockProblems, typeProblems } from "./check";

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(path.join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const blocks = pages.flatMap((page) => blocksIn(page, readFileSync(path.join(root, page), "utf8")));
const typescript = blocks.filter(({ language, hold }) => language === "ts" && hold === "check");

describe("code blocks of the documentation", function () {
  this.timeout(180_000);
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), "longhorn-s3-docs-"))));
  after(() => rmSync(folder, { recursive: true }));

  it("say whether they are run, checked or shown, and why they are only shown", () => {
    assert.deepEqual(markProblems(blocks), []);
    assert.ok(shownShare(blocks) <= 0.15, `${(100 * shownShare(blocks)).toFixed(0)} % are only shown`);
  });

  it("are valid", async () => {
    const problems = await Promise.all(blocks.filter(({ hold }) => hold !== "shown").map(blockProblems));
    assert.deepEqual(problems.flat(), []);
  });

  it("compile against the package", () => {
    assert.deepEqual(typeProblems(typescript), []);
  });

  it("are seen where they are wrong", async () => {
    const block = (language: string, text: string): Block => ({
      at: "a.md:1",
      language,
      hold: "check",
      note: "",
      text,
    });
    const wrong = [
      block("sh", "longhorn-s3 up --stak prod\n"),
      block("sh", "longhorn-s3 drill node-failure --until fast\n"),
      block("sh", "npm run nothing\n"),
      block("sh", "if true\n"),
      block("yaml", "config:\n  longhorn-s3:stores: { photos: { volume: { siez: 1Gi } } }\n"),
      block(
        "yaml",
        "resources: { a: { type: longhorn-s3:ObjectStore, properties: { failover: { onNodeFailure: Never } } } }\n",
      ),
      block("json", '{ "nothing": "disabled" }'),
      block("python", "s3.ObjectStore(failure=s3.Failing.WAIT)\n"),
      block("text", "output\n"),
      block("rust", "fn main() {}\n"),
    ];
    for (const one of wrong) assert.notDeepEqual(await blockProblems(one), [], one.text);
    assert.match(
      typeProblems([block("ts", 'import { ObjectStore } from "longhorn-s3";\nnew ObjectStore("a", {});\n')]).join(),
      /^a\.md:1: .*failover/s,
    );
  });

  for (const { at, text } of blocks.filter(({ hold }) => hold === "run")) {
    it(`run: ${at}`, () => {
      const work = mkdtempSync(path.join(folder, "run-"));
      const command = path.join(work, "longhorn-s3");
      writeFileSync(command, `#!/bin/sh\nexec node ${root}/tool/longhorn-s3.js "$@"\n`);
      chmodSync(command, 0o755);
      const kubeconfig = path.join(work, "kubeconfig");
      writeFileSync(kubeconfig, JSON.stringify({ contexts: [{ name: "staging", context: {} }] }));
      const env = { ...process.env, PATH: `${work}:${process.env["PATH"] ?? ""}`, KUBECONFIG: kubeconfig };
      const { status, stderr } = spawnSync("bash", ["-e", "-c", text], { cwd: work, env, encoding: "utf8" });
      assert.equal(status, 0, stderr);
    });
  }
});
