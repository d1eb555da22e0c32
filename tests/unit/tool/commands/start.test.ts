import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { repositoryDirectory } from "../../../../tool/repository";

/** Runs the command in a process that prints the paths of all loaded modules at its exit. */
const script = `
process.on("exit", () => process.stderr.write(Object.keys(require.cache).join("\\n")));
process.argv = [process.execPath, ...process.argv.slice(1)];
require(process.argv[1]);
`;

/** Returns the npm packages of Pulumi that a command line loads. */
function loadedPulumi(...words: readonly string[]): string[] {
  const command = join(repositoryDirectory, "tool", "longhorn-s3.js");
  const { status, stderr } = spawnSync(process.execPath, ["-e", script, command, ...words], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const loaded = stderr.split("\n");
  assert.ok(loaded.includes(command), stderr);
  return loaded.filter((path) => path.includes("/node_modules/@pulumi/"));
}

describe("the start of the command", () => {
  it("does not load Pulumi's SDK, which takes ten times as long as the rest", () => {
    assert.deepEqual(loadedPulumi("--help"), []);
  });

  it("loads it for commands that use it", () => {
    assert.notDeepEqual(loadedPulumi("predict", "--on-node-failure", "Wait"), []);
  });
});
