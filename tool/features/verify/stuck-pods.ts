import { AppsV1Api, CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { isReady } from "../../cluster/kubernetes";
import { commandLine } from "../../terminal/command-line";

/** Pod that cannot terminate because its node's kubelet is unreachable. */
export interface StuckPod {
  namespace: string;
  name: string;
  node: string;
  /** Deployment whose next revision waits for the pod. */
  deployment: string;
}

/** Returns the terminating pods on NotReady nodes of Deployments with the strategy `Recreate`. */
export async function readStuckPods(config: KubeConfig, namespaces: readonly string[]): Promise<StuckPod[]> {
  const [core, apps] = [config.makeApiClient(CoreV1Api), config.makeApiClient(AppsV1Api)];
  const { items: nodes } = await core.listNode();
  const silent = nodes.filter((node) => !isReady(node)).map(({ metadata }) => metadata?.name);
  if (silent.length === 0) return [];
  const found = await Promise.all(
    namespaces.map(async (namespace) => {
      const [{ items: deployments }, { items: pods }] = await Promise.all([
        apps.listNamespacedDeployment({ namespace }),
        core.listNamespacedPod({ namespace }),
      ]);
      const recreated = deployments.filter(({ spec }) => spec?.strategy?.type === "Recreate");
      return pods
        .filter(({ metadata, spec }) => metadata?.deletionTimestamp !== undefined && silent.includes(spec?.nodeName))
        .flatMap(({ metadata, spec }) => {
          const labels = metadata?.labels ?? {};
          const owner = recreated.find(({ spec: deployment }) =>
            Object.entries(deployment?.selector.matchLabels ?? {}).every(([label, value]) => labels[label] === value),
          );
          const pod = { namespace, name: metadata?.name ?? "", node: spec?.nodeName ?? "" };
          return owner === undefined ? [] : [{ ...pod, deployment: owner.metadata?.name ?? "" }];
        });
    }),
  );
  return found.flat();
}

/**
 * Returns the effect on an update, and the fix.
 *
 * @param reachedBy flags that name the cluster
 */
export function stuckPodText({ namespace, name, node, deployment }: StuckPod, reachedBy: readonly string[]): string {
  return (
    `pod ${namespace}/${name} is terminating, but its node ${node} is unreachable: an update that changes the pods of the Deployment ${deployment} ` +
    `waits for it without limit. Restore ${node}, or verify that it is powered off, and then: ${commandLine(["fence", node], reachedBy)}`
  );
}
