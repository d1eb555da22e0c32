import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import * as path from "node:path";
import type { Binary } from "../../../sandbox/toolchain/binaries";
import { overrideVariable, resolveBinary, type Found } from "../../../sandbox/toolchain/resolve";
import { goBinary, program, temporaryDirectory, write } from "./fixtures";

describe("where a binary comes from", () => {
  const directory = temporaryDirectory();
  const at = (...names: string[]): string => path.join(directory(), ...names);

  const server = goBinary("kube-apiserver", "kubernetes", {
    onPath: { arguments: ["--version"], version: /Kubernetes v(\S+)/, accepts: { sameMinor: "v1.36.3" } },
  });
  const serverAt = (folder: string, version = "1.36.1"): string =>
    program(at(folder, "kube-apiserver"), `echo "Kubernetes v${version}"`);

  const resolve = (
    binary: Binary,
    env: NodeJS.ProcessEnv = {},
    before: ReadonlyMap<string, Found> = new Map(),
  ): Promise<Found | undefined> =>
    resolveBinary(binary, {
      env: { PULUMI_HOME: at("pulumi-home"), ...env },
      cache: at("cache"),
      cached: ({ name }) => at("cache", "kubernetes-0123456789abcdef", name),
      before,
    });

  it("in this order: environment, PATH, Kubernetes' test binaries, cache, nowhere", async () => {
    const override = serverAt("given", "1.30.0");
    const onPath = serverAt("path");
    const testBinary = serverAt("assets", "1.36.7");
    const cached = serverAt("cache/kubernetes-0123456789abcdef");
    const installed = { PATH: at("path"), KUBEBUILDER_ASSETS: at("assets") };
    const answer = (path: string, version: string, origin: string): object => ({ path, version, origin });
    assert.deepEqual(
      await resolve(server, { ...installed, LONGHORN_S3_KUBE_APISERVER: override }),
      answer(override, "as given", "environment"),
    );
    assert.deepEqual(
      await resolve(server, { ...installed, LONGHORN_S3_KUBE_APISERVER: "" }),
      answer(onPath, "1.36.1", "PATH"),
    );
    assert.deepEqual(await resolve(server, { ...installed, PATH: "" }), answer(testBinary, "1.36.7", "PATH"));
    assert.deepEqual(await resolve(server), answer(cached, "v1.2.3", "cache"));
    assert.equal(await resolve({ ...server, name: "kube-scheduler" }), undefined);
  });

  it("passes over programs on PATH that do not fit, and takes the next one", async () => {
    serverAt("old", "1.35.9");
    write(at("data", "kube-apiserver"), "not executable");
    mkdirSync(at("folder", "kube-apiserver"), { recursive: true });
    const fitting = serverAt("new");
    const PATH = [at("old"), at("data"), at("folder"), "relative", "", at("new")].join(path.delimiter);
    assert.equal((await resolve(server, { PATH }))?.path, fitting);
  });

  it("takes none from PATH without a way to ask for its version", async () => {
    program(at("path", "sandbox-host"), "echo 1.0.0");
    assert.equal(await resolve(goBinary("sandbox-host", "host"), { PATH: at("path") }), undefined);
  });

  it("does not take the cache, found through PATH, for an installation", async () => {
    const cached = serverAt("cache/kubernetes-0123456789abcdef");
    mkdirSync(at("bin"));
    symlinkSync(cached, at("bin", "kube-apiserver"));
    assert.equal((await resolve(server, { PATH: at("bin") }))?.origin, "cache");
  });

  for (const [what, value] of [
    ["a relative path", "bin/kube-apiserver"],
    ["a file that is not there", "/nowhere/kube-apiserver"],
    ["a folder", "/"],
    ["a file that is not executable", "/etc/passwd"],
  ] as const) {
    it(`refuses ${what} in the environment instead of falling back`, async () => {
      await assert.rejects(
        resolve(server, { LONGHORN_S3_KUBE_APISERVER: value }),
        new RegExp(
          `^ToolchainError: LONGHORN_S3_KUBE_APISERVER is "${value}", which is not the absolute path of an executable`,
        ),
      );
    });
  }

  it("takes data that can be read from the environment", async () => {
    const definitions: Binary = {
      name: "longhorn-crds.yaml",
      version: "v1.12.0",
      source: { kind: "custom-resource-definitions", module: "longhorn" },
    };
    assert.equal(overrideVariable(definitions.name), "LONGHORN_S3_LONGHORN_CRDS_YAML");
    const file = write(at("crds.yaml"), "kind: List");
    assert.equal((await resolve(definitions, { LONGHORN_S3_LONGHORN_CRDS_YAML: file }))?.path, file);
  });

  it("takes from an unpacked package only what still starts", async () => {
    const nft: Binary = {
      name: "nft",
      version: "1.0.1 or newer",
      source: { kind: "debian", package: "nftables", program: "usr/sbin/nft" },
      onPath: { arguments: [], version: /nftables v(\S+)/, accepts: { atLeast: "99.0.1" } },
    };
    const file = at("cache", "kubernetes-0123456789abcdef", "nft");
    program(file, `echo "nftables v99.0.6"`);
    assert.deepEqual(await resolve(nft), { path: file, version: "99.0.6", origin: "cache" });
    program(file, `echo "libgmp.so.10: cannot open shared object file" >&2; exit 127`);
    assert.equal(await resolve(nft), undefined);
  });
});

describe("where Pulumi's programs come from", () => {
  const directory = temporaryDirectory();
  const at = (...names: string[]): string => path.join(directory(), ...names);
  const pulumi = goBinary("pulumi", "pulumi", {
    onPath: {
      arguments: ["version"],
      version: /^v?(\S+)/,
      accepts: { atLeast: "v3.230.0" },
      together: ["pulumi-language-nodejs"],
    },
  });
  const languageHost = goBinary("pulumi-language-nodejs", "pulumi", { besides: "pulumi" });
  const provider = goBinary("pulumi-resource-kubernetes", "provider", {
    version: "4.25.0",
    publishedPlugin: "kubernetes",
  });
  const places = (before: [string, Found][] = []) => ({
    env: { PATH: at("bin"), PULUMI_HOME: at("home") },
    cache: at("cache"),
    cached: ({ name }: Binary) => at("cache", name),
    before: new Map(before),
  });

  it("an installation is taken whole, through links to it, or not at all", async () => {
    program(at("installed", "pulumi"), "echo v3.240.0");
    mkdirSync(at("bin"));
    symlinkSync(at("installed", "pulumi"), at("bin", "pulumi"));
    assert.equal(await resolveBinary(pulumi, places()), undefined);

    const host = program(at("installed", "pulumi-language-nodejs"), "");
    const found = await resolveBinary(pulumi, places());
    assert.deepEqual(found, { path: at("bin", "pulumi"), version: "v3.240.0".slice(1), origin: "PATH" });
    assert.deepEqual(await resolveBinary(languageHost, places([["pulumi", found]])), { ...found, path: host });
  });

  it("the language host is not taken from beside a pulumi of the cache", async () => {
    program(at("elsewhere", "pulumi"), "");
    program(at("elsewhere", "pulumi-language-nodejs"), "");
    const found: Found = { path: at("elsewhere", "pulumi"), version: "v1.2.3", origin: "cache" };
    assert.equal(await resolveBinary(languageHost, places([["pulumi", found]])), undefined);
  });

  it("the published plugin of the same minor version is taken, the newest of them", async () => {
    const plugin = (version: string): string =>
      program(at("home", "plugins", `resource-kubernetes-v${version}`, "pulumi-resource-kubernetes"), "");
    plugin("4.24.1");
    plugin("4.26.0");
    assert.equal(await resolveBinary(provider, places()), undefined);
    plugin("4.25.9");
    const file = plugin("4.25.10");
    assert.deepEqual(await resolveBinary(provider, places()), { path: file, version: "4.25.10", origin: "PATH" });
  });
});
