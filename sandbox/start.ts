import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { prepareChart } from "./cluster/chart";
import { Cluster } from "./cluster/api";
import * as controlPlane from "./cluster/control-plane";
import { createCredentials } from "./keys/credentials";
import { checkDirectory, clearDirectory, describe, prepareDirectory, type Description } from "./directory";
import { writeDoubles } from "./cluster/fakes";
import { SandboxError } from "./errors";
import { HostClient, HostRefusal } from "./host/client";
import { startHost } from "./host/process";
import { imageTable } from "./cluster/images";
import { followJsonLines } from "./json-lines";
import { defaultDirectory, layoutOf, logFile, type Layout } from "./layout";
import { apiServerPort } from "./network";
import { node, nodeNames } from "./cluster/nodes";
import type { ProcessSpec } from "./host/process-spec";
import { timings, type SandboxProfile } from "./cluster/profile";
import { RunningSandbox } from "./running-sandbox";
import type { Sandbox, SandboxAlarm } from "./sandbox";
import { ensureToolchain } from "./toolchain";
import { waitFor } from "./wait";

export interface SandboxOptions {
  /**
   * Folder for everything that the sandbox writes.
   *
   * @default `$XDG_STATE_HOME/longhorn-s3/sandbox`
   */
  directory?: string;
  /** @default "fast" */
  profile?: SandboxProfile;
  /**
   * Folder of Longhorn's real chart.
   *
   * @default the variable `LONGHORN_CHART`, otherwise the sandbox's fixture
   */
  chart?: string;
  onProgress?: (progress: SandboxProgress) => void;
  /** Called with the alarms of the sandbox while this process runs. */
  onAlarm?: (alarm: SandboxAlarm) => void;
  /** Cancels the start and stops the sandbox. */
  signal?: AbortSignal;
}

/** Progress of the start. */
export interface SandboxProgress {
  /** Current step, such as `control plane`. */
  step: string;
  done: number;
  total: number;
  waitingFor?: string;
}

/**
 * Starts a test cluster: a control plane, three nodes and a monitor. It ends with this process unless it is detached.
 *
 * @throws ToolchainError if a program can neither be found nor built
 * @throws SandboxError if the machine does not allow it or the folder is in use; its message is one sentence with the
 * fix
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { profile = "fast", signal, chart = process.env["LONGHORN_CHART"] } = options;
  const layout = layoutOf(options.directory ?? defaultDirectory());
  const host = new HostClient(layout.hostSocket);
  await requireFree(layout, host);
  const { binDirectory } = await ensureToolchain({ signal });
  await requireFree(layout, host); // building may have taken minutes
  prepareDirectory(layout);
  const hostProcess = await startHost(join(binDirectory, "sandbox-host"), layout);
  try {
    const chartDirectory = prepareChart(layout, join(binDirectory, "longhorn-crds.yaml"), chart);
    writeFileSync(layout.images, JSON.stringify(imageTable(layout, binDirectory, timings[profile]), undefined, 2));
    writeDoubles(layout);
    await startCluster({ layout, host, binDirectory, profile, onProgress: options.onProgress, signal });
    const description: Description = { profile, nodes: [...nodeNames], chart: chartDirectory, binDirectory };
    describe(layout, description);
    const unfollow = options.onAlarm ? followJsonLines(layout.alarms, options.onAlarm) : () => undefined;
    return new RunningSandbox(layout, host, description, () => {
      unfollow();
      hostProcess.release();
    });
  } catch (error) {
    await stopHost(host);
    hostProcess.release();
    clearDirectory(layout);
    signal?.throwIfAborted();
    throw error;
  }
}

/**
 * Checks that a sandbox can be started in a folder, before anything is built.
 *
 * @throws SandboxError if the folder cannot be used, or if a sandbox runs in it
 */
export async function checkSandboxDirectory(directory: string = defaultDirectory()): Promise<void> {
  const layout = layoutOf(directory);
  await requireFree(layout, new HostClient(layout.hostSocket));
}

async function requireFree(layout: Layout, host: HostClient): Promise<void> {
  checkDirectory(layout);
  if (await host.isUp()) {
    throw new SandboxError(
      `A sandbox is running in ${layout.directory}: stop it with "longhorn-s3 sandbox stop --directory ${layout.directory}", ` +
        `or set another folder with --directory.`,
    );
  }
}

/** Stops a sandbox of which only the host may be running. */
async function stopHost(host: HostClient): Promise<void> {
  await host.stop().catch((error: unknown) => {
    if (error instanceof HostRefusal) throw error; // it responds, but could not stop
  });
}

interface ClusterStart extends Pick<SandboxOptions, "onProgress" | "signal"> {
  layout: Layout;
  host: HostClient;
  binDirectory: string;
  profile: SandboxProfile;
}

async function startCluster({ layout, host, onProgress, signal, ...parts }: ClusterStart): Promise<void> {
  const steps = ["keys", "control plane", "nodes", "ready"] as const;
  const step = (name: (typeof steps)[number], waitingFor?: string): void =>
    onProgress?.({ step: name, done: steps.indexOf(name), total: steps.length, waitingFor });
  const start = (spec: ProcessSpec): Promise<void> => host.start(spec, logFile(layout, spec.name));
  const wait = (what: string, log: string, happened: () => Promise<boolean>): Promise<void> =>
    waitFor(what, async () => (await requireRunning(layout, host), happened()), { log, signal });

  step("keys");
  const credentials = await createCredentials(layout, nodeNames);
  const options = { layout, credentials, ...parts };

  step("control plane", "the API server");
  await start(controlPlane.etcd(options));
  await start(controlPlane.kubeApiServer(options));
  const port = await host.relay("kube-apiserver", `127.0.0.1:${apiServerPort}`);
  writeFileSync(layout.kubeconfig, credentials.administrator(`https://127.0.0.1:${port}`), { mode: 0o600 });
  const cluster = new Cluster(layout.kubeconfig);
  await wait("the API server to be ready", logFile(layout, "kube-apiserver"), () => cluster.isReady());
  await start(controlPlane.kubeControllerManager(options));
  await start(controlPlane.kubeScheduler(options));

  step("nodes");
  for (const name of nodeNames) {
    await cluster.createNode(name);
    await start(node(name, options));
  }
  await start(controlPlane.kubeProxy(options, nodeNames[0] ?? ""));
  await cluster.bindClusterRole("sandbox-monitor", "view");
  await start(controlPlane.monitor(options));

  step("ready", "the nodes");
  await wait(
    "the nodes to be ready",
    layout.logs,
    async () => (await cluster.readyNodes()).length === nodeNames.length,
  );
  step("ready", "the first ServiceAccount");
  const controllerManager = logFile(layout, "kube-controller-manager");
  await wait("the default ServiceAccount", controllerManager, () => cluster.hasDefaultServiceAccount());
}

/** A wait is pointless if one of the processes has ended. */
async function requireRunning(layout: Layout, host: HostClient): Promise<void> {
  const ended = (await host.processes()).find(({ state }) => state === "exited");
  if (ended === undefined) return;
  const how = ended.signal ?? `exit code ${ended.exitCode ?? "unknown"}`;
  throw new SandboxError(`${ended.name} ended with ${how}: see ${logFile(layout, ended.name)}.`);
}
