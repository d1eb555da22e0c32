import { CustomObjectsApi, type KubeConfig } from "@kubernetes/client-node";
import type { FencingReference } from "../../components/fencing/remediator";
import { unlessAbsent } from "./kubernetes";
import { fencingOf, type NodeHealthCheck } from "./fencing";

/** Reads the fencing of a cluster; undefined without fencing. */
export async function readFencing(config: KubeConfig): Promise<FencingReference | undefined> {
  const kind = { group: "remediation.medik8s.io", version: "v1alpha1", plural: "nodehealthchecks" };
  const custom = config.makeApiClient(CustomObjectsApi);
  const found = (await unlessAbsent(custom.listClusterCustomObject(kind))) as { items: NodeHealthCheck[] } | undefined;
  return fencingOf(found?.items ?? []);
}
