import assert from "node:assert/strict";
import * as path from "node:path";
import fc from "fast-check";
import { accepts, compareVersions, fittingVersion } from "../../../sandbox/toolchain/version-probe";
import { program, temporaryDirectory } from "./fixtures";

const anyVersion = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40)).map((numbers) => `v${numbers.join(".")}`);

describe("versions", () => {
  for (const [rule, fitting, others] of [
    [{ sameMinor: "v1.36.3" }, ["v1.36.0", "1.36.9", "v1.36.3-rc.1"], ["v1.35.3", "v1.37.0", "v2.36.3", "", "none"]],
    [{ atLeast: "v3.230.0" }, ["v3.230.0", "3.256.0", "v3.256.1-dev"], ["v3.229.9", "v4.0.0", "v2.300.0", "dev"]],
    [{ atLeast: "1.0.1" }, ["1.0.1", "1.1", "1.0.6"], ["1.0", "0.9.8", "2.0.0"]],
  ] as const) {
    it(`that fit ${JSON.stringify(rule)}`, () => {
      for (const version of fitting) assert.equal(accepts(rule, version), true, version);
      for (const version of others) assert.equal(accepts(rule, version), false, version);
    });
  }

  it("are in one order, suffixes aside", () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, anyVersion, (a, b, c) => {
        assert.equal(compareVersions(a, a), 0);
        assert.equal(compareVersions(a, `${a}-rc.1`), 0);
        assert.equal(Math.sign(compareVersions(a, b)), 0 - Math.sign(compareVersions(b, a)));
        const [first = "", second = "", third = ""] = [a, b, c].sort(compareVersions);
        assert.ok(compareVersions(first, second) <= 0 && compareVersions(second, third) <= 0);
        assert.ok(compareVersions(first, third) <= 0);
      }),
    );
  });
});

describe("asking a program for its version", () => {
  const directory = temporaryDirectory();
  const ask = (script: string): Promise<string | undefined> =>
    fittingVersion(
      program(path.join(directory(), "etcd"), script),
      { arguments: ["--version"], version: /etcd Version: (\S+)/, accepts: { sameMinor: "v3.6.16" } },
      {},
    );

  it("takes the answer from standard output or standard error", async () => {
    assert.equal(await ask(`[ "$*" = --version ] && echo "etcd Version: 3.6.2"`), "3.6.2");
    assert.equal(await ask(`echo "etcd Version: 3.6.2" >&2`), "3.6.2");
  });

  it("takes none that does not fit, fails, or answers something else", async () => {
    assert.equal(await ask(`echo "etcd Version: 3.5.2"`), undefined);
    assert.equal(await ask(`echo "etcd Version: 3.6.2"; exit 1`), undefined);
    assert.equal(await ask(`echo "version 3.6.2"`), undefined);
    assert.equal(
      await fittingVersion("/nowhere", { arguments: [], version: /(.*)/, accepts: { atLeast: "0.0" } }, {}),
      undefined,
    );
  });
});
