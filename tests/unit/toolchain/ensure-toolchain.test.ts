import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync, utimesSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureToolchain, type Toolchain, type ToolchainProgress } from "../../../sandbox/toolchain";
import { definitionOf, ended, fakeGo, goBinary, inProcess, program, temporaryDirectory, write } from "./fixtures";

describe("the toolchain", () => {
  const directory = temporaryDirectory();
  const at = (...names: string[]): string => path.join(directory(), ...names);
  const cache = (): string => at("caches", "longhorn-s3");
  const builds = (): string[] =>
    existsSync(at("builds")) ? readFileSync(at("builds"), "utf8").trim().split("\n") : [];
  const folders = (): string[] => readdirSync(cache()).filter((name) => /-[0-9a-f]{16}$/.test(name));

  const onPath = { arguments: ["--version"], version: /v(\S+)/, accepts: { sameMinor: "v1.2.3" } };
  const definition = () =>
    definitionOf(directory(), [
      goBinary("etcd", "etcd", { onPath }),
      goBinary("kube-apiserver", "kubernetes", { onPath }),
      goBinary("sandbox-node", "kubernetes"),
    ]);
  const environment = (goFolder: string): NodeJS.ProcessEnv => ({
    PATH: `${goFolder}:${at("path")}:/usr/bin:/bin`,
    XDG_CACHE_HOME: at("caches"),
  });
  const ensure = (
    options: { go?: string; onProgress?: (progress: ToolchainProgress) => void } = {},
  ): Promise<Toolchain> =>
    ensureToolchain({
      definition: definition(),
      env: environment(options.go ?? fakeGo(directory())),
      onProgress: options.onProgress,
    });
  const originsOf = ({ binaries }: Toolchain): string[] => binaries.map(({ name, origin }) => `${name}: ${origin}`);

  it("is built once, and then there without Go and without anything else on PATH", async () => {
    const built = await ensure();
    assert.deepEqual(originsOf(built), ["etcd: built", "kube-apiserver: built", "sandbox-node: built"]);
    assert.deepEqual(builds(), ["etcd", "kube-apiserver", "sandbox-node"]);
    for (const { name, path: file, version, bytes } of built.binaries) {
      assert.equal(execFileSync(file, { encoding: "utf8" }), "it runs\n", name);
      assert.deepEqual([version, bytes], ["v1.2.3", readFileSync(file).length]);
    }
    const again = await ensureToolchain({ definition: definition(), env: { PATH: "", XDG_CACHE_HOME: at("caches") } });
    assert.deepEqual(originsOf(again), ["etcd: cache", "kube-apiserver: cache", "sandbox-node: cache"]);
    assert.equal(again.binDirectory, built.binDirectory);
    assert.equal(builds().length, 3);
  });

  it("has one folder with a link to each program, wherever it comes from", async () => {
    const etcd = program(at("path", "etcd"), "echo etcd v1.2.9");
    const toolchain = await ensure();
    assert.deepEqual(originsOf(toolchain), ["etcd: PATH", "kube-apiserver: built", "sandbox-node: built"]);
    assert.equal(toolchain.binaries[0]?.version, "1.2.9");
    const names = readdirSync(toolchain.binDirectory);
    assert.deepEqual(names.sort(), ["etcd", "kube-apiserver", "sandbox-node"]);
    assert.equal(readlinkSync(path.join(toolchain.binDirectory, "etcd")), etcd);
    for (const name of names) execFileSync(path.join(toolchain.binDirectory, name));
    // That folder on PATH is not an installation.
    const PATH = `${toolchain.binDirectory}:/usr/bin:/bin`;
    const inside = await ensureToolchain({ definition: definition(), env: { PATH, XDG_CACHE_HOME: at("caches") } });
    assert.deepEqual(originsOf(inside).slice(1), ["kube-apiserver: cache", "sandbox-node: cache"]);
  });

  it("says before each step what it does and how long that takes, and after each build how long it took", async () => {
    const steps: ToolchainProgress[] = [];
    program(at("path", "etcd"), "echo etcd v1.2.9");
    await ensure({ onProgress: (progress) => steps.push(progress) });
    const total = 3;
    assert.deepEqual(
      steps.map(({ seconds, ...step }) => step),
      [
        { binary: "etcd", done: 0, total, state: "looking for" },
        { binary: "kube-apiserver", done: 1, total, state: "looking for" },
        { binary: "sandbox-node", done: 1, total, state: "looking for" },
        { binary: "kube-apiserver", done: 1, total, state: "building", expectedSeconds: 10, remainingSeconds: 20 },
        { binary: "kube-apiserver", done: 2, total, state: "made" },
        { binary: "sandbox-node", done: 2, total, state: "building", expectedSeconds: 10, remainingSeconds: 10 },
        { binary: "sandbox-node", done: 3, total, state: "made" },
      ],
    );
    const timed = steps.filter(({ seconds }) => seconds !== undefined).map(({ state }) => state);
    assert.deepEqual(timed, ["made", "made"]);
  });

  it("builds again what has other sources, and keeps the rest", async () => {
    await ensure();
    const changed = definition();
    write(at("modules", "kubernetes", "main.go"), "package main\n\nfunc main() { println() }\n");
    const toolchain = await ensureToolchain({ definition: changed, env: environment(fakeGo(directory())) });
    assert.deepEqual(originsOf(toolchain), ["etcd: cache", "kube-apiserver: built", "sandbox-node: built"]);
    assert.equal(folders().filter((name) => name.startsWith("kubernetes-")).length, 2);
  });

  it("removes what has not been used for 30 days", async () => {
    const monthsAgo = Date.now() / 1000 - 60 * 24 * 3600;
    const old = path.join(cache(), "etcd-0123456789abcdef");
    mkdirSync(old, { recursive: true });
    await ensure();
    for (const name of folders()) utimesSync(path.join(cache(), name), monthsAgo, monthsAgo);
    await ensure();
    assert.equal(existsSync(old), false);
    assert.deepEqual(
      folders()
        .map((name) => name.split("-")[0])
        .sort(),
      ["bin", "etcd", "kubernetes"],
    );
  });

  it("says what is missing before anything is built", async () => {
    await assert.rejects(
      ensure({ go: at("nowhere") }),
      /ToolchainError: Go is not installed, and the sandbox's programs are built with it \(missing: 3\)/,
    );
    const go = fakeGo(directory(), { version: "go1.20" });
    await assert.rejects(ensure({ go }), /ToolchainError: Go 1\.20 is too old/);
    const huge = { ...definition(), modules: { etcd: 1e9, kubernetes: 1 } };
    const env = environment(fakeGo(directory()));
    write(at("modules", "etcd", "go.mod"), "module example.com/etcd\n\ngo 1.21\n\nrequire example.org/other v1.0.0\n");
    await assert.rejects(
      ensureToolchain({ definition: huge, env }),
      /ToolchainError: Building the toolchain needs about/,
    );
    assert.deepEqual(builds(), []);
  });

  it("keeps what was built before a build that fails", async () => {
    const go = fakeGo(directory(), { failing: { binary: "sandbox-node", output: "no space left on device" } });
    await assert.rejects(ensure({ go }), /ToolchainError: The disk became full while sandbox-node was built/);
    assert.deepEqual(originsOf(await ensure()), ["etcd: cache", "kube-apiserver: cache", "sandbox-node: built"]);
  });

  it("can be interrupted, and leaves nothing half built", async () => {
    const interrupt = new AbortController();
    const reason = new Error("interrupted");
    const interrupted = ensureToolchain({
      definition: definition(),
      env: environment(fakeGo(directory(), { seconds: 5 })),
      signal: interrupt.signal,
      onProgress: ({ state }) => state === "building" && setTimeout(() => interrupt.abort(reason), 100),
    });
    await assert.rejects(interrupted, reason);
    assert.equal(existsSync(path.join(cache(), "build.lock")), false);
    assert.deepEqual(
      folders().flatMap((name) => readdirSync(path.join(cache(), name))),
      [],
    );
  });

  const ensureElsewhere = (seconds: number) =>
    inProcess(
      `toolchain("index").ensureToolchain(${JSON.stringify({
        definition: definitionOf(directory(), [goBinary("etcd", "etcd"), goBinary("sandbox-node", "node")]),
        env: environment(fakeGo(directory(), { seconds })),
      })}).then(({ binaries }) => console.log(binaries.map(({ origin }) => origin).join()));`,
    );

  it("is built by one process where two want it", async () => {
    const children = [ensureElsewhere(0.5), ensureElsewhere(0.5)];
    const outputs = children.map(async (child) => {
      let text = "";
      child.stdout?.setEncoding("utf8").on("data", (more: string) => (text += more));
      assert.equal(await ended(child), 0);
      return text.trim();
    });
    assert.deepEqual((await Promise.all(outputs)).sort(), ["built,built", "cache,cache"]);
    assert.deepEqual(builds(), ["etcd", "sandbox-node"]);
  });

  it("has no half binary where the process was killed while it built", async () => {
    const child = ensureElsewhere(5);
    while (builds().length === 0) await sleep(20);
    child.kill("SIGKILL");
    await ended(child);
    const [folder = ""] = folders();
    assert.deepEqual(
      readdirSync(path.join(cache(), folder)).filter((name) => !name.startsWith(".unfinished-")),
      [],
    );

    const longAgo = Date.now() / 1000 - 60;
    utimesSync(path.join(cache(), "build.lock"), longAgo, longAgo);
    const toolchain = await ensure();
    assert.equal(execFileSync(path.join(toolchain.binDirectory, "etcd"), { encoding: "utf8" }), "it runs\n");
  });
});
