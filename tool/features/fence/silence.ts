import { CoordinationV1Api, CoreV1Api, type KubeConfig, type V1Node } from "@kubernetes/client-node";
import { unlessAbsent } from "../../cluster/kubernetes";
import { ExitCode, ToolError } from "../../errors";

/** What the control plane knows of a node's life. */
export interface NodeSilence {
  node: V1Node;
  /** When the API server answered, by its own clock. */
  now: Date;
  /** When the node last renewed its lease, or, without a lease, when its condition Ready last changed. */
  lastSignAt?: Date;
}

/**
 * Reads a node and its lease.
 *
 * @returns undefined where there is no such node
 */
export async function readSilence(config: KubeConfig, name: string): Promise<NodeSilence | undefined> {
  const core = config.makeApiClient(CoreV1Api);
  const leases = config.makeApiClient(CoordinationV1Api);
  const [answer, lease] = await Promise.all([
    unlessAbsent(core.readNodeWithHttpInfo({ name })),
    unlessAbsent(leases.readNamespacedLease({ namespace: "kube-node-lease", name })),
  ]);
  if (answer === undefined) return undefined;
  const now = new Date(answer.headers["date"] ?? "");
  if (Number.isNaN(now.getTime())) {
    const message = `What answers for ${config.getCurrentCluster()?.server ?? "the cluster"} does not say what time it is (no Date header), and this machine's clock says nothing about a node's silence.`;
    throw new ToolError(message, ExitCode.EnvironmentLacks);
  }
  const sign = lease?.spec?.renewTime ?? readyCondition(answer.data)?.lastTransitionTime;
  // The client leaves a time with microseconds as a text, whatever its type says.
  return { node: answer.data, now, ...(sign && { lastSignAt: new Date(sign) }) };
}

export function readyCondition({ status }: V1Node) {
  return status?.conditions?.find(({ type }) => type === "Ready");
}

/** Seconds since the node's last sign of life; undefined where it never gave one. */
export function silentSeconds({ now, lastSignAt }: NodeSilence): number | undefined {
  return lastSignAt && Math.floor((now.getTime() - lastSignAt.getTime()) / 1000);
}
