import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { isReady } from "../../cluster/kubernetes";
import { readNodesWithDriver } from "../../cluster/longhorn";
import type { NodeForPods } from "./driver-nodes";

/** Reads the nodes that take pods now. */
export async function readNodesForPods(config: KubeConfig): Promise<NodeForPods[]> {
  const [{ items }, withDriver] = await Promise.all([
    config.makeApiClient(CoreV1Api).listNode(),
    readNodesWithDriver(config),
  ]);
  return items
    .filter(({ spec, status }) => isReady({ status }) && spec?.unschedulable !== true)
    .map(({ metadata, spec }) => ({
      name: metadata?.name ?? "",
      labels: metadata?.labels ?? {},
      taints: (spec?.taints ?? []).filter(({ effect }) => effect !== "PreferNoSchedule"),
      hasDriver: withDriver.includes(metadata?.name ?? ""),
    }));
}
