import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import type { Toolchain } from "../../../sandbox/toolchain";
import { sandboxToolchain } from "../../../sandbox/toolchain/binaries";
import { overrideVariable } from "../../../sandbox/toolchain/resolve";
import { program, temporaryDirectory } from "./fixtures";

const repository = path.resolve(__dirname, "../../..");

describe("npm run toolchain", () => {
  const directory = temporaryDirectory();

  /** With a program that the environment names for every row of the table. */
  const print = (args: readonly string[], more: NodeJS.ProcessEnv = {}) => {
    const given = program(path.join(directory(), "given"), "exit 0");
    const overrides = new Map(sandboxToolchain.binaries.map(({ name }) => [overrideVariable(name), given]));
    const script = path.join(repository, "sandbox/toolchain/print.ts");
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      XDG_CACHE_HOME: directory(),
      ...Object.fromEntries<string>(overrides),
      ...more,
    };
    const node = ["-r", "ts-node/register/transpile-only", script, ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, node, { cwd: repository, env, encoding: "utf8" });
    return { status, stdout, stderr };
  };

  it("prints a line for every program", () => {
    const { status, stdout, stderr } = print([]);
    assert.deepEqual([status, stderr], [0, ""]);
    for (const { name } of sandboxToolchain.binaries) {
      assert.match(stdout, new RegExp(`^${name} +as given +environment +0\\.0 MB +/`, "m"));
    }
  });

  it("--json prints the same for machines", () => {
    const { status, stdout } = print(["--json"]);
    assert.equal(status, 0);
    const { binaries, binDirectory } = JSON.parse(stdout) as Toolchain;
    assert.ok(path.isAbsolute(binDirectory));
    assert.deepEqual(
      binaries.map(({ name }) => name),
      sandboxToolchain.binaries.map(({ name }) => name),
    );
  });

  it("is one sentence where the machine lacks something, and where an argument is unknown", () => {
    const lacking = print([], { LONGHORN_S3_ETCD: "/nowhere/etcd" });
    assert.deepEqual([lacking.status, lacking.stdout], [3, ""]);
    assert.match(lacking.stderr, /^LONGHORN_S3_ETCD is "\/nowhere\/etcd", which .*\n$/);
    const unknown = print(["--jsno"]);
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /^Unknown argument "--jsno": .*\n$/);
  });
});
