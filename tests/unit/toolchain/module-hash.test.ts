import assert from "node:assert/strict";
import { chmodSync, cpSync, renameSync, utimesSync } from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { moduleFiles, moduleHash, packageHash } from "../../../sandbox/toolchain/module-hash";
import { goBinary, temporaryDirectory, write } from "./fixtures";

describe("the name of a module's folder in the cache", () => {
  const directory = temporaryDirectory();
  const built = [goBinary("etcd", "etcd")];
  const hash = (module: string): string => moduleHash(module, built, "amd64");

  it("follows from the files of the module, not from their place or age, and no two modules share it", () => {
    const anyFile = fc.constantFrom("go.mod", "main.go", "a/b.go", "a/c.txt", "ab.go");
    const anyModule = fc.dictionary(anyFile, fc.string(), { minKeys: 1, noNullPrototype: true });
    let count = 0;
    const written = (files: Record<string, string>): string => {
      const module = path.join(directory(), `${count++}`, "module");
      for (const [file, text] of Object.entries(files)) {
        write(path.join(module, file), text);
        utimesSync(path.join(module, file), count, count);
      }
      return module;
    };
    fc.assert(
      fc.property(anyModule, anyModule, (one, other) => {
        assert.equal(hash(written(one)), hash(written(one)));
        const same = JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
        assert.equal(hash(written(one)) === hash(written(other)), same);
      }),
      { numRuns: 50 },
    );
  });

  it("changes with each source and its name, and not with what no build reads", () => {
    const module = path.join(directory(), "module");
    write(path.join(module, "go.mod"), "module example.com/module");
    write(path.join(module, "go.sum"), "a");
    write(path.join(module, "node", "main.go"), "package main");
    const before = hash(module);
    assert.match(before, /^[0-9a-f]{16}$/);

    write(path.join(module, "node", "main_test.go"), "package main");
    write(path.join(module, "node", "testdata", "a.yaml"), "a");
    write(path.join(module, ".hidden"), "a");
    write(path.join(module, "node", "node"), "what go build leaves behind", 0o755);
    assert.equal(hash(module), before);

    const copy = path.join(directory(), "copy");
    cpSync(module, copy, { recursive: true });
    renameSync(path.join(copy, "node"), path.join(copy, "nodes"));
    assert.notEqual(hash(copy), before);
    for (const file of moduleFiles(module)) {
      const changed = path.join(directory(), "changed", file);
      cpSync(module, changed, { recursive: true });
      write(path.join(changed, file), "changed");
      assert.notEqual(hash(changed), before, file);
    }
    chmodSync(path.join(module, "go.sum"), 0o600);
    assert.equal(hash(module), before);
  });

  it("of what is built as it is upstream: it changes with the versions and what stands in for a dependency alone", () => {
    const module = path.join(directory(), "module");
    const upstream = goBinary("etcd", "etcd");
    const source = { ...upstream.source, package: "go.etcd.io/etcd/server/v3" } as const;
    const of = (): string => moduleHash(module, [{ ...upstream, source }], "amd64");
    write(path.join(module, "go.mod"), "module example.com/module\n\nreplace example.com/a => ./stubs/a\n");
    write(path.join(module, "main.go"), "package main");
    const before = of();
    write(path.join(module, "main.go"), "changed");
    assert.equal(of(), before);
    for (const file of ["go.sum", "stubs/a/a.go", "go.mod"]) {
      const earlier = of();
      write(path.join(module, file), "changed => ./stubs/a");
      assert.notEqual(of(), earlier, file);
    }
  });

  it("changes with the way the binaries are built and the processor, and not with the time to expect", () => {
    const module = path.dirname(write(path.join(directory(), "module", "go.mod"), "module example.com/module"));
    const source = { kind: "go", module: "etcd", package: ".", ldflags: "-s -w", coldSeconds: 10 } as const;
    const of = (more: object): string =>
      moduleHash(module, [goBinary("etcd", "etcd", { source: { ...source, ...more } })], "amd64");
    assert.equal(of({ coldSeconds: 99 }), of({}));
    assert.notEqual(of({ ldflags: "-s" }), of({}));
    assert.notEqual(of({ tags: "small" }), of({}));
    assert.notEqual(of({ package: "./other" }), of({}));
    assert.notEqual(moduleHash(module, built, "arm64"), hash(module));
    assert.notEqual(moduleHash(module, [...built, goBinary("etcdctl", "etcd")], "amd64"), hash(module));
  });

  it("of a package's: its name, its program and the processor", () => {
    const nft = { kind: "debian", package: "nftables", program: "usr/sbin/nft" } as const;
    const hashes = [
      packageHash(nft, "amd64"),
      packageHash(nft, "arm64"),
      packageHash({ ...nft, program: "sbin/nft" }, "amd64"),
      packageHash({ ...nft, package: "other" }, "amd64"),
    ];
    assert.equal(new Set(hashes).size, 4);
    assert.equal(packageHash({ ...nft }, "amd64"), hashes[0]);
  });
});
