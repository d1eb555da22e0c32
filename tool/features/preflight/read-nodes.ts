import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { nodesForPods, type NodeForPods } from "../../cluster/driver-nodes";
import { readNodesWithDriver } from "../../cluster/longhorn";

/** Reads the schedulable nodes. */
export async function readNodesForPods(config: KubeConfig): Promise<NodeForPods[]> {
  const [{ items }, withDriver] = await Promise.all([
    config.makeApiClient(CoreV1Api).listNode(),
    readNodesWithDriver(config),
  ]);
  return nodesForPods(items, withDriver);
}
