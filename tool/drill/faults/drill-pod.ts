import { CoreV1Api, type KubeConfig, type V1Pod } from "@kubernetes/client-node";
import { setTimeout as sleep } from "node:timers/promises";
import { isReady } from "../../cluster/kubernetes";

/** Labels by which `drill cleanup` recognizes the pod. */
const drillPodLabels: Readonly<Record<string, string>> = {
  "app.kubernetes.io/managed-by": "longhorn-s3",
  "app.kubernetes.io/component": "drill",
};

/** Returns the name of the pod that fails a node. */
export function drillPodName(node: string): string {
  return `longhorn-s3-drill-${node}`;
}

/** Returns whether a drill created the pod. */
export function isDrillPod({ metadata }: V1Pod): boolean {
  return Object.entries(drillPodLabels).every(([label, value]) => metadata?.labels?.[label] === value);
}

/** Image of the privileged pod, and the namespace in which it runs: Longhorn's, which allows privileged pods. */
export interface DrillPodSource {
  namespace: string;
  image: string;
  /** Names of Secrets in the namespace. */
  imagePullSecrets?: readonly string[];
}

/** Work of the pod. */
interface DrillPodWork extends DrillPodSource {
  command: readonly string[];
  /** Boot ID of the node for which it is meant. */
  bootId: string;
  /** Latest start by the node's clock, in seconds since the epoch. */
  until: number;
}

/** Returns a pod that runs a command once on its node. It is bound to the node without the scheduler. */
export function drillPod(node: string, work: DrillPodWork): V1Pod {
  const { namespace, image, imagePullSecrets = [], command, bootId, until } = work;
  const env = [
    { name: "BOOT_ID", value: bootId },
    { name: "UNTIL", value: String(until) },
  ];
  const securityContext = { privileged: true };
  const imagePullPolicy = "IfNotPresent";
  return {
    metadata: { namespace, name: drillPodName(node), labels: { ...drillPodLabels } },
    spec: {
      nodeName: node,
      hostPID: true,
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      tolerations: [{ operator: "Exists" }],
      ...(imagePullSecrets.length > 0 && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
      containers: [{ name: "drill", image, imagePullPolicy, command: [...command], env, securityContext }],
    },
  };
}

/** Seconds within which the pod must start. Later it does nothing. */
const startSeconds = 60;

interface DrillPodPlace {
  config: KubeConfig;
  node: string;
  source: DrillPodSource;
  signal: AbortSignal;
}

/**
 * Runs a command in a privileged pod on a node.
 *
 * @returns when the pod is created
 */
export async function runInDrillPod(
  { config, node, source, signal }: DrillPodPlace,
  command: readonly string[],
): Promise<Date> {
  const core = config.makeApiClient(CoreV1Api);
  const { namespace } = source;
  const { status } = await core.readNode({ name: node });
  const at = new Date();
  const bootId = status?.nodeInfo?.bootID ?? "";
  const until = Math.floor(at.getTime() / 1000) + startSeconds;
  await core.createNamespacedPod({ namespace, body: drillPod(node, { ...source, command, bootId, until }) });
  await mustNotFail(core, { namespace, node }, signal);
  return at;
}

/**
 * Waits for a failure of the pod. A pod that powers off its node never reports success, but one that cannot start reports it.
 */
async function mustNotFail(
  core: CoreV1Api,
  { namespace, node }: { namespace: string; node: string },
  signal: AbortSignal,
): Promise<void> {
  const name = drillPodName(node);
  for (let left = startSeconds; left > 0; left--) {
    const { status } = await core.readNamespacedPod({ namespace, name });
    const waiting = status?.containerStatuses?.[0]?.state?.waiting?.reason ?? "";
    if (status?.phase === "Failed" || /Err|Invalid/.test(waiting)) {
      throw new Error(`pod ${namespace}/${name} failed: ${status?.reason ?? waiting}`);
    }
    if (status?.phase === "Running" || status?.phase === "Succeeded") return;
    if (!isReady(await core.readNode({ name: node }))) return;
    await sleep(1000, undefined, { signal });
  }
  throw new Error(`pod ${namespace}/${name} did not start within ${startSeconds} s`);
}
