import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryDirectory } from "../../tool/repository";
import { succeeds } from "../../testbed/command";
import { clonePackage, withoutPulumi } from "./installed-package";

/** The tests of what is used of Pulumi's SDK beyond its declarations, and those of a store that is built with its mocks. */
const tests = [
  "tests/construct/pulumi-internals.test.ts",
  "tests/construct/object-store.test.ts",
  "tests/construct/references.test.ts",
  "tests/construct/plugin.test.ts",
  "tests/unit/components/settings-change-hook.test.ts",
  "tests/unit/tool/pulumi-internals.test.ts",
  "tests/unit/tool/own-group.test.ts",
];

const { peerDependencies } = JSON.parse(readFileSync(join(repositoryDirectory, "package.json"), "utf8")) as {
  peerDependencies: Record<string, string>;
};
const ofPulumi = Object.entries(peerDependencies).filter(([name]) => name.startsWith("@pulumi/"));

/** The version at an end of a range such as `^4.25.0`. */
const ends = {
  oldest: (_name: string, range: string) =>
    Promise.resolve([...range.replace("^", "").split("."), "0", "0"].slice(0, 3).join(".")),
  newest: async (name: string, range: string) => {
    const found = await succeeds("npm", ["view", `${name}@${range}`, "version", "--json"], { cwd: tmpdir() });
    return [JSON.parse(found) as string | string[]].flat().at(-1) ?? assert.fail(`${name}@${range} is not served`);
  },
};

for (const [end, versionOf] of Object.entries(ends)) {
  describe(`the package with the ${end} Pulumi packages that it accepts`, function () {
    this.timeout("10m");
    let directory: string;
    let clone: string;
    let versions: Record<string, string>;

    before(async () => {
      directory = mkdtempSync(join(tmpdir(), "longhorn-s3-sdk-"));
      clone = join(directory, "clone");
      clonePackage(clone);
      const pairs = ofPulumi.map(async ([name, range]) => [name, await versionOf(name, range)] as const);
      versions = Object.fromEntries(await Promise.all(pairs));
      // In the folder above, where the sources find them, and none of the repository's own.
      writeFileSync(join(directory, "package.json"), JSON.stringify({ private: true, dependencies: versions }));
      const options = ["--ignore-scripts", "--no-audit", "--no-fund"];
      await succeeds("npm", ["install", ...options], { cwd: directory, env: withoutPulumi() });
    });
    after(() => rmSync(directory, { recursive: true }));

    it("has each of them once, in that version", () => {
      const installed = join(directory, "node_modules");
      const versionIn = (name: string): string => {
        const manifest = readFileSync(join(installed, name, "package.json"), "utf8");
        return (JSON.parse(manifest) as { version: string }).version.replace(/^v/, ""); // as random has it in old versions
      };
      assert.deepEqual(Object.fromEntries(Object.keys(versions).map((name) => [name, versionIn(name)])), versions);
      for (const name of Object.keys(versions)) {
        assert.ok(!existsSync(join(installed, name, "node_modules", "@pulumi", "pulumi")), name);
      }
    });

    it("builds stores with their mocks, and finds of the SDK all that it uses", async () => {
      const own = (...path: string[]): string => join(repositoryDirectory, "node_modules", ...path);
      const loader = own("ts-node", "register", "transpile-only");
      const mocha = [own("mocha", "bin", "mocha.js"), "--no-config", "--require", loader, "--extension", "ts"];
      const output = await succeeds(
        process.execPath,
        [...mocha, "--timeout", "60000", "--reporter", "json", ...tests],
        {
          cwd: clone,
          env: withoutPulumi(),
        },
      );
      const { stats } = JSON.parse(output.slice(output.indexOf('{\n  "stats"'))) as {
        stats: { passes: number; failures: number; pending: number };
      };
      assert.deepEqual({ failures: stats.failures, pending: stats.pending }, { failures: 0, pending: 0 });
      assert.ok(stats.passes > tests.length, output);
    });
  });
}
