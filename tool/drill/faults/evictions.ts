import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import type { ScarceResource } from "../../../sandbox";
import { hasEnded, isApiError, unlessAbsent } from "../../cluster/kubernetes";
import { reasonOf } from "../../diagnosis/unreachable-cluster";
import { ToolError } from "../../errors";
import { pause } from "../../waiting";
import type { Fault, FaultSubject } from "./fault";
import { cordonNode, uncordonStep } from "./pod-faults";

/** Evicts the pod as `kubectl drain` does. */
export const evictedByApi: Fault = {
  method: {
    name: "api",
    does: "cordons the gateway's node and evicts the pod through the Eviction API",
    simulates: "kubectl drain of the node, for the gateway",
    doesNotSimulate: "the other pods of the node, which are evicted at the same time",
  },
  async findings({ config, store }, podName) {
    const refusal = await requestEviction(config, store.namespace, podName, "All");
    if (refusal === undefined) return [{ severity: "ok", what: `${podName} may be evicted` }];
    return [
      {
        severity: "refused",
        what: `the Eviction API refuses to evict ${podName} (${refusal}): kubectl drain would retry until it is allowed`,
        remedy:
          "longhorn-s3 move, which PodDisruptionBudgets do not affect, or maxUnavailable: 1 in the PodDisruptionBudget",
      },
    ];
  },
  undo: (subject) => [uncordonStep(subject)],
  async make(subject) {
    await cordonNode(subject);
    return evict(subject);
  },
};

/** Interval at which `kubectl drain` retries a refused eviction. */
const retryMs = 5_000;
/** Time limit for a budget that allowed the eviction before the drill to allow it again. */
const budgetPatienceMs = 60_000;

async function evict({ config, store, serving, signal }: FaultSubject): Promise<Date> {
  for (const deadline = Date.now() + budgetPatienceMs; ;) {
    const at = new Date();
    const refusal = await requestEviction(config, store.namespace, serving.podName);
    if (refusal === undefined) return at;
    if (Date.now() > deadline) {
      throw new ToolError(`Pod ${store.namespace}/${serving.podName} was not evicted within 60 s: ${refusal}.`);
    }
    await pause(retryMs, signal);
  }
}

/**
 * Requests the eviction of a pod.
 *
 * @param dryRun with "All", the pod is not evicted
 * @returns the API server's reason for a refusal; undefined if it allows the eviction
 */
async function requestEviction(
  config: KubeConfig,
  namespace: string,
  name: string,
  dryRun?: "All",
): Promise<string | undefined> {
  try {
    const body = { metadata: { namespace, name } };
    await config.makeApiClient(CoreV1Api).createNamespacedPodEviction({ namespace, name, body, dryRun });
    return undefined;
  } catch (error) {
    // 429 is the answer of a PodDisruptionBudget, 500 that of more than one.
    if (isApiError(error, 429, 500)) return reasonOf(error);
    throw error;
  }
}

/** On a sandbox: simulates a shortage for the node's kubelet. */
const underPressure = (name: string, resource: ScarceResource, figures: string): Fault => ({
  method: {
    name,
    does: `shows the kubelet of the gateway's node ${figures}, until it has evicted the gateway`,
    simulates: `a node that is short of ${resource === "memory" ? "memory" : "disk space"}, with the kubelet's real eviction manager`,
    doesNotSimulate:
      "the shortage itself: its figures are injected. No use of a pod is measured, so that its priority alone decides when it is evicted",
  },
  async findings({ config, store: { namespace } }, podName) {
    const pod = await config.makeApiClient(CoreV1Api).readNamespacedPod({ namespace, name: podName });
    const { priority = 0, priorityClassName = "" } = pod.spec ?? {};
    if (priority < systemCritical) return [{ severity: "ok", what: `${podName} has priority ${priority}` }];
    const what = `${podName} has the priority of ${priorityClassName}: the kubelet never evicts such a pod`;
    return [{ severity: "refused", what, remedy: "drill eviction --method api" }];
  },
  undo: ({ serving, store: { namespace, name } }) => [
    { undo: "end-pressure", node: serving.node },
    { undo: "delete-ended-pods", namespace, name },
  ],
  async make(subject) {
    const { sandbox, serving } = subject;
    if (sandbox === undefined) throw new Error("there is no sandbox whose node could be put under pressure");
    const at = await sandbox.startPressure(serving.node, resource);
    await evictedByKubelet(subject);
    // Under further pressure the kubelet would evict pods that have nothing to do with the drill.
    await sandbox.endPressure(serving.node);
    return at;
  },
});

/** Priority from which on the kubelet spares pods: that of system-cluster-critical. */
const systemCritical = 2_000_000_000;

export const memoryPressure = underPressure("pressure", "memory", "50Mi of free memory");
export const diskPressure = underPressure("disk-pressure", "disk", "1 % of free disk space");

/** Returns whether the kubelet evicts the pod with this method. */
export function isByKubelet(method: string | undefined): boolean {
  return [memoryPressure, diskPressure].some(({ method: { name } }) => name === method);
}

const pollMs = 100;
/** Time limit for the kubelet, which checks every 10 s and evicts one pod at a time. */
const kubeletPatienceMs = 120_000;

async function evictedByKubelet({ config, store: { namespace }, serving, signal }: FaultSubject): Promise<void> {
  const core = config.makeApiClient(CoreV1Api);
  for (const deadline = Date.now() + kubeletPatienceMs; Date.now() < deadline;) {
    const pod = await unlessAbsent(core.readNamespacedPod({ namespace, name: serving.podName }));
    if (pod === undefined || hasEnded(pod)) return;
    await pause(pollMs, signal);
  }
  throw new ToolError(
    `The kubelet of ${serving.node} has not evicted pod ${namespace}/${serving.podName} within 120 s.`,
  );
}
