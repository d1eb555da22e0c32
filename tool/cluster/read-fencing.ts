import { CustomObjectsApi, type KubeConfig } from "@kubernetes/client-node";
import type { FencingReference } from "../../components/fencing/remediator";
import { unlessAbsent } from "./kubernetes";
import { fencingOf, type NodeHealthCheck } from "./fencing";

/** Reads the remediator of failed nodes of a cluster; undefined if there is none. */
export async function readFencing(config: KubeConfig): Promise<FencingReference | undefined> {
  const kind = { group: "remediation.medik8s.io", version: "v1alpha1", plural: "nodehealthchecks" };
  const custom = config.makeApiClient(CustomObjectsApi);
  const found = (await unlessAbsent(custom.listClusterCustomObject(kind))) as { items: NodeHealthCheck[] } | undefined;
  return fencingOf(found?.items ?? []);
}
