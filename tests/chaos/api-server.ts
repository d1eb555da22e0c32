import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { HostClient } from "../../sandbox/host/client";
import { layoutOf, logFile } from "../../sandbox/layout";
import { Cluster } from "../../sandbox/cluster/api";
import { waitFor } from "../../sandbox/wait";

const name = "kube-apiserver";

/** Kills a sandbox's API server, and starts it again after a while; resolves when it is ready. */
export async function interruptApiServer(directory: string, downSeconds: number): Promise<void> {
  const layout = layoutOf(directory);
  const host = new HostClient(layout.hostSocket);
  const running = (await host.processes()).find((process) => process.name === name);
  if (running === undefined) throw new Error("the sandbox has no API server");
  const argv = readFileSync(`/proc/${running.pid}/cmdline`, "utf8").split("\0").slice(0, -1);
  await host.signal(name, "SIGKILL", true);
  await host.waitForEnd(name, 10);
  await sleep(downSeconds * 1000);
  await host.start({ name, argv, env: {}, mountNamespace: false }, logFile(layout, name));
  await waitFor("the API server to be ready", () => new Cluster(layout.kubeconfig).isReady(), {
    log: logFile(layout, name),
  });
}
