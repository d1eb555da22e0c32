import { StorageV1Api, type KubeConfig } from "@kubernetes/client-node";

const driver = "driver.longhorn.io";

/** Names of the nodes on which Longhorn's CSI driver is. */
export async function readNodesWithDriver(config: KubeConfig): Promise<string[]> {
  const { items } = await config.makeApiClient(StorageV1Api).listCSINode();
  return items
    .filter(({ spec }) => spec.drivers.some(({ name }) => name === driver))
    .map(({ metadata }) => metadata?.name ?? "");
}
