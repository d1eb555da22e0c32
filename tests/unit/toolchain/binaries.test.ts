import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { sandboxToolchain } from "../../../sandbox/toolchain/binaries";
import { languageHosts } from "../../../sandbox/toolchain/language-hosts";
import { overrideVariable } from "../../../sandbox/toolchain/resolve";

const { binaries, modules, modulesDirectory } = sandboxToolchain;
const goMod = (module: string): string => readFileSync(path.join(modulesDirectory, module, "go.mod"), "utf8");

describe("the table of binaries", () => {
  it("has each name once, also as an environment variable", () => {
    const all = [...binaries, ...languageHosts.binaries];
    assert.equal(new Set(all.map(({ name }) => overrideVariable(name))).size, all.length);
  });

  it("builds the modules one after the other, each with its checksums and the space it needs", () => {
    const order = binaries.flatMap(({ source }) => (source.kind === "debian" ? [] : [source.module]));
    const runs = order.filter((module, index) => module !== order[index - 1]);
    assert.deepEqual(runs, Object.keys(modules));
    for (const module of runs) {
      const hasDependencies = /^(require |\t\S+ v)/m.test(goMod(module));
      assert.equal(existsSync(path.join(modulesDirectory, module, "go.sum")), hasDependencies, module);
    }
  });

  for (const { name, version, source } of [...binaries, ...languageHosts.binaries]) {
    if (source.kind !== "go" || !/^[\w-]+\./.test(source.package)) continue;
    it(`says of ${name} the version that its module pins`, () => {
      const required = [...goMod(source.module).matchAll(/^(?:\t|require )(\S+) (v\S+)/gm)];
      const pinned = required.find(([, module = ""]) => `${source.package}/`.startsWith(`${module}/`))?.[2];
      assert.equal(version, pinned);
    });
  }
});
