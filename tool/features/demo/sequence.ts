import type { SandboxProfile } from "../../../sandbox";
import { exitCodeOf, throwIfInterrupted, ToolError } from "../../errors";
import type { Progress } from "../../terminal/progress";
import { ClusterView } from "../../cluster/failover-watch/watches";
import { bringUpSandbox, bringUpToolchain, removeSandbox } from "./demo-sandbox";
import { deployStore } from "./deploy-store";
import { keptSandbox, type KeptSandbox } from "./keep";
import { completeReport, type DemoReport } from "./report";
import { rehearse } from "./rehearsal";

export interface DemoOptions {
  /**
   * Folder of the sandbox.
   *
   * @default that of `sandbox start`
   */
  directory?: string;
  profile: SandboxProfile;
  /** Keeps the sandbox running after the demo completes. */
  keep: boolean;
  progress: Progress;
  signal: AbortSignal;
}

/** Result of the demo: its report, and the access to a kept sandbox. */
export interface DemoResult {
  report: DemoReport;
  kept?: KeptSandbox;
}

/**
 * Starts a sandbox, deploys a store, has it survive the death of its node, and removes everything. The sandbox is removed
 * after a failure too, and is kept only if requested and if the demo completes.
 */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { progress, signal, keep } = options;
  const begin = Date.now();
  await bringUpToolchain(options);
  const sandbox = await bringUpSandbox(options);
  const cluster = new ClusterView(sandbox.kubeconfig);
  try {
    const stack = await deployStore(sandbox, progress, signal);
    const exposed = await sandbox.exposeService(
      stack.store.outputs.namespace,
      stack.store.outputs.serviceName,
      stack.store.outputs.servicePort,
    );
    const rehearsal = await rehearse({ sandbox, cluster, store: stack.store, url: exposed.url, progress, signal });
    const findings = { sandbox, stack, url: exposed.url, rehearsal };
    const alarmsAndIdle = { alarms: await sandbox.alarms(), notRun: await sandbox.notRun() };
    if (keep) {
      await sandbox.detach();
      return { report: completeReport({ ...findings, ...alarmsAndIdle, begin }), kept: keptSandbox(findings) };
    }
    const leftovers = await removeSandbox(sandbox, [cluster.server, exposed.url], progress);
    return { report: completeReport({ ...findings, ...alarmsAndIdle, begin, leftovers }) };
  } catch (error) {
    await removeSandbox(sandbox, [cluster.server], progress);
    throwIfInterrupted(signal);
    if (!(error instanceof Error)) throw error;
    throw new ToolError(`${error.message}\nLogs: ${sandbox.logsDirectory}`, exitCodeOf(error), { cause: error });
  }
}
