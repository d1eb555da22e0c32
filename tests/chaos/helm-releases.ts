import { longhornNamespace } from "../../components/longhorn";
import type { ClusterObjects } from "../../testbed/cluster-objects";

/** Helm's record of one revision of a release. */
export interface ReleaseRecord {
  /** Name of the Secret that holds it. */
  secret: string;
  revision: number;
  /** Such as `deployed`, `superseded`, `pending-install`. */
  status: string;
}

/** Helm's records of Longhorn's release, oldest first. */
export async function longhornRecords({ core }: ClusterObjects): Promise<ReleaseRecord[]> {
  const labelSelector = "owner=helm,name=longhorn";
  const { items } = await core.listNamespacedSecret({ namespace: longhornNamespace, labelSelector });
  return items
    .map(({ metadata }) => ({
      secret: metadata?.name ?? "",
      revision: Number(metadata?.labels?.["version"]),
      status: metadata?.labels?.["status"] ?? "",
    }))
    .sort((one, other) => one.revision - other.revision);
}

/**
 * Takes back Helm's record of an operation that was interrupted. The objects stay, and the next operation finds them: Helm takes
 * over what carries its name.
 */
export async function forgetInterruptedRelease(cluster: ClusterObjects): Promise<void> {
  const last = (await longhornRecords(cluster)).at(-1);
  if (last !== undefined) await cluster.delete("v1", "Secret", last.secret, longhornNamespace);
}
