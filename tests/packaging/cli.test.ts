import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import type { DemoReport } from "../../tool/features/demo/report";
import type { InitReport } from "../../tool/features/init/init";
import { commands } from "../../tool/commands/program";
import { repositoryDirectory } from "../../tool/repository";
import { shortDirectory } from "../../testbed/test-sandbox";
import { closedPort, kubeconfigOf } from "../unit/tool/commands/no-cluster";
import { run, succeeds, type Ended } from "../../testbed/command";
import { withoutPulumi } from "./installed-package";

const tool = join(repositoryDirectory, "tool");

/** Files below a folder, by their paths in it. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

describe("the command as npm installs it globally, without a clone", function () {
  this.timeout("15m");
  const directory = shortDirectory();
  const at = (...names: string[]): string => join(directory, ...names);
  const prefix = at("prefix");
  const nodeOnly = { PATH: at("node-only"), HOME: at("home") };
  let tarball: string;
  let installed: string[];

  /** Runs the installed command in an empty folder. */
  const command = (args: readonly string[], env: NodeJS.ProcessEnv = nodeOnly): Promise<Ended> =>
    run(join(prefix, "bin", "longhorn-s3"), args, { cwd: at("empty"), env });

  const stateOfPrefix = (): string[] =>
    filesIn(prefix).map((file) => {
      const { size, mtimeMs } = statSync(join(prefix, file));
      return [file, size, mtimeMs].join(" ");
    });

  /** Holds for everybody but root. */
  const setWritable = (isWritable: boolean): void => {
    const folders = readdirSync(prefix, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    for (const { parentPath, name } of [...folders].reverse())
      chmodSync(join(parentPath, name), isWritable ? 0o755 : 0o555);
  };

  before(async () => {
    for (const folder of ["prefix", "empty", "home", "node-only"]) mkdirSync(at(folder));
    symlinkSync(process.execPath, at("node-only", "node"));
    const where = { cwd: tool, env: withoutPulumi() };
    const packed = await succeeds("npm", ["pack", "--ignore-scripts", "--pack-destination", directory], where);
    tarball = at(packed.trim().split("\n").at(-1) ?? "");
    await succeeds("npm", ["install", "--global", "--prefix", prefix, tarball], {
      cwd: at("empty"),
      env: withoutPulumi(),
    });
    setWritable(false);
    installed = stateOfPrefix();
  });
  after(() => {
    setWritable(true);
    rmSync(directory, { recursive: true });
  });

  it("is the whole of dist/, with Go's modules and their sums, and needs nothing but Pulumi's SDK", () => {
    const folder = join(prefix, "lib", "node_modules", "longhorn-s3-tool");
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      dependencies?: object;
      peerDependencies: object;
    };
    assert.deepEqual(
      [dependencies, Object.keys(peerDependencies).every((name) => name.startsWith("@pulumi/"))],
      [undefined, true],
    );
    const carried = filesIn(join(folder, "dist"));
    assert.deepEqual(carried, filesIn(join(tool, "dist")));
    const programs = filesIn(join(repositoryDirectory, "sandbox", "programs"));
    for (const file of [
      ...programs.filter((one) => /(go\.mod|go\.sum|[^_]....\.go)$/.test(one) && !one.endsWith("_test.go")),
    ])
      assert.ok(carried.includes(join("sandbox", "programs", file)), file);
    assert.deepEqual(
      filesIn(join(folder, "dist", "sandbox", "chart")),
      filesIn(join(repositoryDirectory, "sandbox", "chart")),
    );
    assert.match(
      readFileSync(join(folder, "dist", "THIRD-PARTY-LICENSES.txt"), "utf8"),
      /^commander 14\.0\.3 \(MIT\)$/m,
    );
  });

  it("shows its help with Node alone", async () => {
    const { exitCode, stdout, stderr } = await command(["--help"]);
    assert.deepEqual([exitCode, stderr], [0, ""]);
    for (const name of Object.keys(commands)) assert.match(stdout, new RegExp(`^  ${name} `, "m"));
  });

  it("predicts with Node alone", async () => {
    const { exitCode, stdout, stderr } = await command(["predict", "--compare", "--json"]);
    assert.deepEqual([exitCode, stderr], [0, ""]);
    const { policies } = JSON.parse(stdout) as { policies: { name: string }[] };
    assert.ok(
      policies.some(({ name }) => name === "Wait"),
      stdout,
    );
  });

  it("draws what it predicts, and says of a report that is none what is wrong with it", async () => {
    const svg = at("predicted.svg");
    assert.equal((await command(["predict", "--on-node-failure", "Wait", "--svg", svg])).exitCode, 0);
    assert.match(readFileSync(svg, "utf8"), /^<svg/);
    writeFileSync(at("report.json"), '{ "drillVersion": 1 }');
    const { exitCode, stderr } = await command(["drill", "compare", at("report.json"), at("report.json")]);
    assert.equal(exitCode, 2, stderr);
    assert.match(stderr, /report\.json/);
  });

  it("says with Node alone that a cluster does not answer", async () => {
    const port = await closedPort();
    writeFileSync(at("kubeconfig"), kubeconfigOf(`https://127.0.0.1:${port}`));
    const { exitCode, stderr } = await command(["status", "--kubeconfig", at("kubeconfig")]);
    assert.equal(exitCode, 3);
    assert.match(stderr, new RegExp(`^The cluster is unreachable: .*127\\.0\\.0\\.1:${port}`));
  });

  it("names in one sentence the parts of Pulumi that up lacks", async () => {
    const { exitCode, stderr } = await command(["up", "--stack", "dev", "--yes"]);
    assert.equal(exitCode, 3);
    const parts = ["the CLI (pulumi)", "the language host (pulumi-language-nodejs)"];
    const plugins = ["kubernetes", "random"].map((name) => `the plugin ${name} (pulumi-resource-${name})`);
    const [sentence = ""] = stderr.split("\n");
    for (const part of [...parts, ...plugins]) assert.ok(sentence.includes(part), sentence);
  });

  it("writes with Node alone a project that npm installs and the compiler accepts, with the package that it carries", async () => {
    const project = at("photos-s3");
    const { exitCode, stdout, stderr } = await command([
      "init",
      project,
      ...["--context", "prod", "--on-node-failure", "Wait"],
      "--json",
    ]);
    assert.equal(exitCode, 0, stderr);
    const { files } = JSON.parse(stdout) as InitReport;
    const carried = files.find((file) => file.endsWith(".tgz")) ?? assert.fail(stdout);
    assert.match(carried, /^vendor\/longhorn-s3-\d+\.\d+\.\d+\.tgz$/);
    assert.deepEqual(files, filesIn(project));
    const where = { cwd: project, env: withoutPulumi() };
    await succeeds("npm", ["install", "--ignore-scripts"], where);
    await succeeds("npx", ["--no-install", "tsc", "-p", "."], where);
    const { packages } = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8")) as {
      packages: Record<string, { resolved?: string }>;
    };
    assert.equal(packages["node_modules/longhorn-s3"]?.resolved, `file:${carried}`);
    assert.ok(
      !existsSync(join(project, "node_modules", "esbuild")) && !existsSync(join(project, "node_modules", "commander")),
    );
  });

  it("has nothing that publint and arethetypeswrong find wrong", async () => {
    const where = { cwd: directory, env: withoutPulumi() };
    await succeeds("npx", ["--yes", "publint@0.3.25", "--strict", tarball], where);
    await succeeds("npx", ["--yes", "@arethetypeswrong/cli@0.18.5", "--format", "ascii", tarball], where);
  });

  it("plays the demo with Go on PATH while a clone's demo runs and other sandboxes start and stop: each ends as it does alone", async () => {
    const env = { ...process.env, PATH: `${join(prefix, "bin")}:${process.env["PATH"] ?? ""}` };
    const ofClone = [join(tool, "longhorn-s3.js"), "demo", "--directory", at("c"), "--json"];
    let isOver = false;
    const demos = Promise.all([
      command(["demo", "--directory", at("d"), "--json"], env),
      run(process.execPath, ofClone, { cwd: at("empty"), env: process.env }),
    ]).finally(() => (isOver = true));
    const sandbox = (verb: string): Promise<Ended> => command(["sandbox", verb, "--directory", at("s"), "--json"], env);
    const stops: Ended[] = [];
    do {
      const started = await sandbox("start");
      assert.equal(started.exitCode, 0, started.stderr);
      stops.push(await sandbox("stop"));
    } while (!isOver);
    for (const { exitCode, stdout, stderr } of await demos) {
      assert.equal(exitCode, 0, stderr);
      const { leftovers, shortfalls, readBack, nodeFailure } = JSON.parse(stdout) as DemoReport;
      assert.deepEqual({ leftovers, shortfalls }, { leftovers: [], shortfalls: [] });
      assert.ok(readBack.identical && readBack.readThroughNode !== readBack.writtenThroughNode);
      assert.ok((nodeFailure.outage?.seconds ?? 0) > 0);
      const { acknowledged, verified } = nodeFailure.verification;
      assert.ok(acknowledged > 0 && verified === acknowledged);
    }
    for (const { exitCode, stdout, stderr } of stops) {
      assert.equal(exitCode, 0, stderr);
      assert.deepEqual(JSON.parse(stdout), { sandboxVersion: 1, leftovers: [] });
    }
  });

  it("has written nothing where it is installed", () => assert.deepEqual(stateOfPrefix(), installed));
});
