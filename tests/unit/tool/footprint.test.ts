import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { footprintOf, leftovers, releaseFootprint, type Footprint } from "../../../tool/features/demo/footprint";

const directory = "/sandboxes/of-the-test";

/** Starts a process with namespaces of its own and the command line `<name> … <directory>`. */
async function start(name: string): Promise<ChildProcess> {
  const child = spawn("unshare", ["-Urmn", "bash", "-c", `exec -a ${name} bash -c 'echo ready; read' ${directory}`], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "close");
}

describe("the footprint of a sandbox", () => {
  let footprint: Footprint;
  const started: ChildProcess[] = [];
  const startHost = async (): Promise<ChildProcess> => {
    const host = await start("sandbox-host");
    started.push(host);
    return host;
  };
  afterEach(async () => {
    releaseFootprint(footprint);
    await Promise.all(started.splice(0).map(end));
  });

  it("has the processes of its host, and their namespaces that are not everybody's", async () => {
    const host = await startHost();
    footprint = footprintOf(directory, []);
    assert.deepEqual(
      footprint.processes.map(({ pid }) => pid),
      [host.pid],
    );
    assert.deepEqual(footprint.namespaces.map((name) => name.split(":")[0]).sort(), ["mnt", "net", "user"]);
    assert.equal(leftovers(footprint).length, 4, leftovers(footprint).join());
  });

  it("does not hold what another sandbox has made since, although the kernel numbers freed namespaces again", async () => {
    const host = await startHost();
    footprint = footprintOf(directory, []);
    started.splice(0);
    await end(host);
    for (let others = 0; others < 10; others++) started.push(await start("sleeper"));
    assert.deepEqual(leftovers(footprint), []);
  });

  it("has a port as long as the same socket listens there", async () => {
    const listen = async (port: number): Promise<ReturnType<typeof createServer>> => {
      const server = createServer().listen(port, "127.0.0.1");
      await once(server, "listening");
      return server;
    };
    const first = await listen(0);
    const { port } = first.address() as AddressInfo;
    footprint = footprintOf(directory, [port]);
    assert.deepEqual(leftovers(footprint), [`port 127.0.0.1:${port}`]);
    first.close();
    await once(first, "close");
    assert.deepEqual(leftovers(footprint), []);
    const second = await listen(port);
    assert.deepEqual(leftovers(footprint), []);
    second.close();
    await once(second, "close");
  });
});
