import { rm, writeFile } from "node:fs/promises";
import { Cluster } from "./cluster/api";
import { clearDirectory, type Description } from "./directory";
import { SandboxError } from "./errors";
import type { HostClient } from "./host/client";
import { readJsonLines } from "./json-lines";
import { logFile, type Layout } from "./layout";
import { node, pressureFile, volumeCommand, type NodeOptions } from "./cluster/nodes";
import { processesOfPod } from "./pod-processes";
import type { ProcessSpec } from "./host/process-spec";
import type { SandboxProfile } from "./cluster/profile";
import type { NotRunContainer, Sandbox, SandboxAlarm, SandboxStatus, ScarceResource } from "./sandbox";

/** Timeout of a helper inside the sandbox, in seconds. */
const helperLimitSeconds = 60;

/** A running sandbox. Its host and its folder are sufficient to use it. */
export class RunningSandbox implements Sandbox {
  readonly profile: SandboxProfile;
  readonly nodes: readonly string[];
  readonly chart: string;
  readonly toolchain: { readonly binDirectory: string };

  /** @param release releases the host, if this process has started it */
  constructor(
    private readonly layout: Layout,
    private readonly host: HostClient,
    { profile, nodes, chart, binDirectory }: Description,
    private readonly release: () => void = () => undefined,
  ) {
    this.profile = profile;
    this.nodes = nodes;
    this.chart = chart;
    this.toolchain = { binDirectory };
  }

  get directory(): string {
    return this.layout.directory;
  }

  get kubeconfig(): string {
    return this.layout.kubeconfig;
  }

  get logsDirectory(): string {
    return this.layout.logs;
  }

  async killNode(name: string): Promise<Date> {
    return this.host.signal(this.processOf(name), "SIGKILL", true);
  }

  async startNode(name: string): Promise<void> {
    await this.host.waitForEnd(this.processOf(name), helperLimitSeconds);
    await this.start(node(name, this.nodeOptions()));
  }

  async cutOffNode(name: string): Promise<Date> {
    const at = await this.host.signal(this.processOf(name), "SIGSTOP", false);
    await this.runToEnd(volumeCommand("cut-off", name, this.nodeOptions()));
    return at;
  }

  async rejoinNode(name: string): Promise<void> {
    await this.runToEnd(volumeCommand("rejoin", name, this.nodeOptions()));
    await this.host.signal(this.processOf(name), "SIGCONT", false);
  }

  async startPressure(name: string, resource: ScarceResource): Promise<Date> {
    await writeFile(pressureFile(this.layout, this.processOf(name)), resource);
    return new Date();
  }

  async endPressure(name: string): Promise<void> {
    await rm(pressureFile(this.layout, this.processOf(name)), { force: true });
  }

  killPod(podUid: string): Promise<Date> {
    const processes = processesOfPod(podUid);
    if (processes.length === 0) {
      return Promise.reject(new SandboxError(`No process of a pod with UID ${podUid} is running in the sandbox.`));
    }
    const at = new Date();
    for (const pid of processes) process.kill(pid, "SIGKILL");
    return Promise.resolve(at);
  }

  async exposeService(namespace: string, service: string, port: number): Promise<{ url: string }> {
    return this.expose(await this.cluster().addressOfService(namespace, service), port);
  }

  async exposePod(namespace: string, pod: string, port: number): Promise<{ url: string }> {
    return this.expose(await this.cluster().addressOfPod(namespace, pod), port);
  }

  alarms(): Promise<SandboxAlarm[]> {
    return Promise.resolve(readJsonLines<SandboxAlarm>(this.layout.alarms));
  }

  notRun(): Promise<NotRunContainer[]> {
    return Promise.resolve(readJsonLines<NotRunContainer>(this.layout.notRun));
  }

  async status(): Promise<SandboxStatus> {
    const processes = await this.host.processes();
    return {
      processes: processes.map(({ name, state, rssBytes }) => ({ name, state, rssBytes })),
      memoryBytes: processes.reduce((sum, { rssBytes }) => sum + rssBytes, 0),
    };
  }

  async detach(): Promise<void> {
    await this.host.detach();
    this.release();
  }

  async stop(): Promise<void> {
    await this.host.stop();
    this.release();
    clearDirectory(this.layout);
  }

  private async expose(address: string, port: number): Promise<{ url: string }> {
    return { url: `http://127.0.0.1:${await this.host.relay(`${address}-${port}`, `${address}:${port}`)}` };
  }

  private cluster(): Cluster {
    return new Cluster(this.layout.kubeconfig);
  }

  private async start(spec: ProcessSpec): Promise<void> {
    await this.host.start(spec, logFile(this.layout, spec.name));
  }

  private async runToEnd(spec: ProcessSpec): Promise<void> {
    await this.start(spec);
    const { exitCode } = await this.host.waitForEnd(spec.name, helperLimitSeconds);
    if (exitCode !== 0) throw new SandboxError(`${spec.name} failed: see ${logFile(this.layout, spec.name)}.`);
  }

  /** Returns the process of a node, which has the name of the node. */
  private processOf(name: string): string {
    if (this.nodes.includes(name)) return name;
    throw new SandboxError(`The sandbox has no node "${name}": expected one of ${this.nodes.join(", ")}.`);
  }

  private nodeOptions(): NodeOptions {
    return { layout: this.layout, binDirectory: this.toolchain.binDirectory, profile: this.profile };
  }
}
