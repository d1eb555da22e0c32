import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryDirectory } from "../../../tool/repository";

const tool = join(repositoryDirectory, "tool");

describe("a package that is taken as one file", function () {
  this.timeout("1m");
  let directory: string;

  /** What lines print in a process of their own, in which the package is taken as one file. */
  const printed = (lines: string, kept = directory): unknown => {
    const program = `require("./bundled-package.js").requiresBundled("@kubernetes/client-node", ${JSON.stringify(kept)});
      ${lines}`;
    return JSON.parse(execFileSync(process.execPath, ["--eval", program], { cwd: tool, encoding: "utf8" }));
  };
  const bundles = (): string[] => {
    const kept = join(directory, "node_modules");
    return existsSync(kept) ? readdirSync(kept).map((file) => join(kept, file)) : [];
  };

  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "bundled-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it("has everything that the package has, and works as it does", () => {
    const lines = (name: string): string => `const client = require(${JSON.stringify(name)});
      const { KubeConfig, CoreV1Api, loadYaml } = client;
      const config = new KubeConfig();
      config.loadFromClusterAndUser({ name: "c", server: "https://h" }, { name: "u" });
      const { constructor, metadata } = loadYaml("{ kind: Pod, apiVersion: v1, metadata: { creationTimestamp: 2026-01-02T03:04:05Z } }");
      console.log(JSON.stringify([Object.keys(client).sort(), typeof config.makeApiClient(CoreV1Api).listNode,
        constructor.name, metadata.creationTimestamp instanceof Date]));`;
    const whole = printed(lines("./node_modules/@kubernetes/client-node/dist/index.js"), "/dev/null/nowhere");
    assert.deepEqual(printed(lines("@kubernetes/client-node")), whole);
    assert.deepEqual((whole as unknown[]).slice(1), ["function", "V1Pod", true]);
  });

  it("is one module, made once and taken from then on", () => {
    const lines = `require("@kubernetes/client-node");
      const { sep } = require("node:path");
      console.log(JSON.stringify(Object.keys(require.cache).filter((file) => file.includes("client-node" + sep) || file.startsWith(${JSON.stringify(directory)}))));`;
    const first = printed(lines);
    assert.deepEqual(first, bundles());
    const [file = assert.fail("nothing is kept")] = bundles();
    const { mtimeMs } = statSync(file);
    assert.deepEqual(printed(lines), first);
    assert.equal(statSync(file).mtimeMs, mtimeMs);
  });

  it("is the package as it is where nothing can be kept, or others could write what is run", () => {
    const resolved = `console.log(JSON.stringify(require.resolve("@kubernetes/client-node")));`;
    const whole = join(tool, "node_modules/@kubernetes/client-node/dist/index.js");
    writeFileSync(join(directory, "file"), "");
    assert.equal(printed(resolved, join(directory, "file")), whole);
    assert.equal(printed(resolved), bundles()[0]);
    chmodSync(join(directory, "node_modules"), 0o777);
    assert.equal(printed(resolved), whole);
  });

  it("says nothing that the package does not", () => {
    const program = join(directory, "program.js");
    writeFileSync(
      program,
      `require(${JSON.stringify(join(tool, "bundled-package.js"))}).requiresBundled("@kubernetes/client-node", ${JSON.stringify(directory)});
      require("node:module").createRequire(${JSON.stringify(join(tool, "x.js"))})("@kubernetes/client-node");`,
    );
    const { stdout, stderr } = spawnSync(process.execPath, [program], { encoding: "utf8" });
    assert.deepEqual([stdout, stderr, bundles().length], ["", "", 1]);
  });

  it("is only that of the tool: whoever has another copy keeps it", () => {
    const others = join(repositoryDirectory, "tests");
    const lines = `console.log(JSON.stringify(require("node:module").createRequire(${JSON.stringify(join(others, "x.js"))}).resolve("@kubernetes/client-node")));`;
    assert.equal(printed(lines), join(repositoryDirectory, "node_modules/@kubernetes/client-node/dist/index.js"));
    assert.deepEqual(bundles(), []);
  });
});
