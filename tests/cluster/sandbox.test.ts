import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openSandbox, startSandbox } from "../../sandbox";
import { footprintOf, leftovers, releaseFootprint, type Footprint } from "../../tool/features/demo/footprint";
import { repositoryDirectory } from "../../tool/repository";
import { ClusterView } from "../../tool/cluster/failover-watch/watches";
import { shortDirectory } from "../../testbed/test-sandbox";
import { eventually } from "../../testbed/eventually";

const command = join(repositoryDirectory, "tool", "longhorn-s3.js");

/** A program that starts a sandbox, says so, and then waits. */
const starter = (directory: string): string => `
require("ts-node").register({ transpileOnly: true });
require(${JSON.stringify(join(repositoryDirectory, "sandbox"))})
  .startSandbox({ directory: ${JSON.stringify(directory)} })
  .then(() => { console.log("started"); setInterval(() => undefined, 1000); });
`;

describe("the sandbox itself", function () {
  this.timeout("5m");
  let parent: string;
  let directory: string;
  beforeEach(() => {
    parent = shortDirectory();
    directory = join(parent, "sandbox");
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  const nothingIsLeft = async (footprint: Footprint): Promise<void> => {
    await eventually("the end of everything", () =>
      Promise.resolve(leftovers(footprint).length === 0 ? true : undefined),
    ).catch(() => assert.deepEqual(leftovers(footprint), []));
    releaseFootprint(footprint);
  };
  const portOf = (kubeconfig: string): number => Number(new URL(new ClusterView(kubeconfig).server).port);

  it("runs until it is stopped, can be found by others, and leaves its logs and nothing else", async () => {
    const sandbox = await startSandbox({ directory });
    const footprint = footprintOf(directory, [portOf(sandbox.kubeconfig)]);
    assert.ok(footprint.processes.length > 8 && footprint.namespaces.length > 2, JSON.stringify(footprint));
    await assert.rejects(startSandbox({ directory }), {
      name: "SandboxError",
      message: new RegExp(`^A sandbox is running in ${directory}: stop it with "longhorn-s3 sandbox stop`),
    });
    const found = await openSandbox(directory);
    const { processes, memoryBytes } = await found.status();
    for (const name of ["etcd", "kube-apiserver", "node1", "node2", "node3", "kube-proxy", "sandbox-monitor"]) {
      assert.equal(processes.find((one) => one.name === name)?.state, "running", name);
    }
    assert.ok(memoryBytes < 2.5 * 1024 ** 3, `${memoryBytes} bytes`);
    await found.stop();
    await nothingIsLeft(footprint);
    assert.deepEqual(readdirSync(directory).sort(), ["logs", "sandbox.json"]);
    await assert.rejects(openSandbox(directory), /^SandboxError: No sandbox is running in /);
  });

  it("ends with the process that started it, also when that is killed", async () => {
    const child = spawn(process.execPath, ["-e", starter(directory)], {
      cwd: repositoryDirectory,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    const { kubeconfig } = await openSandbox(directory);
    const footprint = footprintOf(directory, [portOf(kubeconfig)]);
    assert.ok(footprint.processes.length > 8);
    child.kill("SIGKILL");
    await nothingIsLeft(footprint);
  });

  it("Ctrl-C while it starts leaves nothing and exits with 130", async () => {
    const child = spawn(process.execPath, [command, "sandbox", "start", "--directory", directory], { stdio: "ignore" });
    const footprint = await eventually("a half-started sandbox", () => {
      const now = footprintOf(directory, []);
      if (now.processes.some(({ name }) => name === "kube-apiserver")) return Promise.resolve(now);
      releaseFootprint(now);
      return Promise.resolve(undefined);
    });
    child.kill("SIGINT");
    assert.equal(await exitOf(child), 130);
    await nothingIsLeft(footprint);
  });

  it("start, status and stop work from the command line", async () => {
    const run = async (...args: string[]): Promise<unknown> => {
      const child = spawn(process.execPath, [command, "sandbox", ...args, "--directory", directory, "--json"], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
      assert.equal(await exitOf(child), 0, args.join(" "));
      return JSON.parse(text);
    };
    const started = (await run("start")) as { kubeconfig: string; nodes: string[] };
    assert.equal(started.nodes.length, 3);
    const footprint = footprintOf(directory, [portOf(started.kubeconfig)]);
    const { alarms, status } = (await run("status")) as { alarms: unknown[]; status: { memoryBytes: number } };
    assert.deepEqual(alarms, []);
    assert.ok(status.memoryBytes > 0);
    assert.deepEqual(await run("stop"), { sandboxVersion: 1, leftovers: [] });
    await nothingIsLeft(footprint);
  });
});

async function exitOf(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}
