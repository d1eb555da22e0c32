import { CoordinationV1Api, CoreV1Api, type KubeConfig, type V1Node } from "@kubernetes/client-node";
import { unlessAbsent } from "../../cluster/kubernetes";
import { ExitCode, ToolError } from "../../errors";

/** Last heartbeat of a node, as the control plane knows it. */
export interface NodeSilence {
  node: V1Node;
  /** Time of the response by the API server's clock. */
  now: Date;
  /** Last renewal of the node's lease; without a lease, the last change of its condition Ready. */
  lastSignAt?: Date;
}

/**
 * Reads a node and its lease.
 *
 * @returns undefined if the node does not exist
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
    const message = `The response of ${config.getCurrentCluster()?.server ?? "the cluster"} sent no Date header, and this machine's clock cannot be compared with the node's last heartbeat.`;
    throw new ToolError(message, ExitCode.EnvironmentLacks);
  }
  const sign = lease?.spec?.renewTime ?? readyCondition(answer.data)?.lastTransitionTime;
  // The client leaves a time with microseconds as a text, whatever its type says.
  return { node: answer.data, now, ...(sign && { lastSignAt: new Date(sign) }) };
}

export function readyCondition({ status }: V1Node) {
  return status?.conditions?.find(({ type }) => type === "Ready");
}

/** Returns the seconds since the node's last heartbeat; undefined if there was none. */
export function silentSeconds({ now, lastSignAt }: NodeSilence): number | undefined {
  return lastSignAt && Math.floor((now.getTime() - lastSignAt.getTime()) / 1000);
}
