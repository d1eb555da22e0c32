import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { repositoryDirectory } from "../../../tool/repository";

const environment = { ...process.env };
delete environment["TEST_SEED"];

function listed(...args: string[]): string[] {
  const ended = spawnSync(process.execPath, [join(repositoryDirectory, "tests", "run.mjs"), ...args, "--list"], {
    encoding: "utf8",
    env: environment,
  });
  assert.equal(ended.status, 0, ended.stderr);
  return ended.stdout.trimEnd().split("\n");
}

describe("the order of test files", () => {
  it("shuffles the same files, the same way for the same seed", () => {
    const [usual, first] = [listed("sandbox"), listed("sandbox", "--seed", "1")];
    assert.deepEqual(first, listed("sandbox", "--seed", "1"));
    assert.notDeepEqual(first, listed("sandbox", "--seed", "2"));
    assert.deepEqual([...first].sort(), [...usual].sort());
  });

  it("starts with the files that share a sandbox", () => {
    const usual = listed("sandbox");
    const own = usual.indexOf("tests/cluster/life-cycle.test.ts");
    for (const file of ["tests/cluster/resize.test.ts", "tests/cli/move.test.ts"]) {
      assert.ok(usual.includes(file) && usual.indexOf(file) < own, file);
    }
  });

  it("splits the files between the two parts", () => {
    const [unit, sandbox] = [listed("unit"), listed("sandbox")];
    assert.ok(unit.includes("tests/unit/ci/order.test.ts"));
    assert.deepEqual(
      unit.filter((file) => sandbox.includes(file)),
      [],
    );
  });

  it("refuses a seed that is no whole number", () => {
    const script = join(repositoryDirectory, "tests", "run.mjs");
    const { status, stderr } = spawnSync(process.execPath, [script, "unit", "--seed", "x"], { encoding: "utf8" });
    assert.equal(status, 2);
    assert.equal(stderr, '--seed is "x": must be a whole number, such as 1\n');
  });
});
