import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { programsDirectory } from "../../../sandbox/toolchain/binaries";

const ofTheProvider = "Pulumi's provider for Kubernetes 4.25.0 does not compile with a newer one";

/** Modules whose versions differ, each with its reason. */
const apart: Readonly<Record<string, string>> = {
  "github.com/pulumi/pulumi/pkg/v3": ofTheProvider,
  "github.com/pulumi/pulumi/sdk/v3": ofTheProvider,
  "github.com/olekukonko/tablewriter": "the Pulumi CLI compiles with 0.0.5 alone, the random provider with 1.x alone",
};

/** Returns the version of each module of a `go.mod`; for a replaced one, its replacement. */
function versions(goMod: string): Map<string, string> {
  const required = [...goMod.matchAll(/^(?:\t|require )(\S+) (v\S+)/gm)];
  const replaced = [...goMod.matchAll(/^(?:\t|replace )(\S+)(?: v\S+)? => (\S+)(?: (v\S+))?/gm)];
  return new Map([
    ...required.map(([, module = "", version = ""]) => [module, `${module} ${version}`] as const),
    ...replaced.map(([, module = "", target = "", version = ""]) => [module, `${target} ${version}`] as const),
  ]);
}

describe("the Go modules of the sandbox's programs", () => {
  const goMods = readdirSync(programsDirectory)
    .map((name) => path.join(programsDirectory, name, "go.mod"))
    .filter((file) => existsSync(file));

  it("have what they share at the same version, so that it is compiled once", () => {
    const users = new Map<string, Map<string, string[]>>();
    for (const file of goMods) {
      for (const [module, version] of versions(readFileSync(file, "utf8"))) {
        const found = users.get(module) ?? new Map<string, string[]>();
        users.set(module, found.set(version, [...(found.get(version) ?? []), path.basename(path.dirname(file))]));
      }
    }
    const differing = [...users].filter(([, found]) => found.size > 1).map(([module]) => module);
    const explained = differing.filter((module) => module in apart);
    assert.deepEqual(explained.sort(), Object.keys(apart).sort(), "a reason for a difference that is none any more");
    const unexplained = differing.filter((module) => !(module in apart));
    assert.deepEqual(
      unexplained.map((module) => [module, Object.fromEntries(users.get(module) ?? [])]),
      [],
    );
  });
});
