import type { RecoveryInputs } from "../../components/failover/timeline";
import { AccessMode } from "../../components/gateway/access-mode";
import type { StoreInCluster } from "../store/store-in-cluster";

/** What a prediction needs of a cluster. */
export interface ClusterToPredict {
  /** Such as `v1.36.3`. */
  kubernetesVersion: string;
  longhornNodes: number;
  podDeletionPolicy: string;
}

/** What the recovery-time model has to know of a store as its cluster has it. */
export function inputsInCluster(
  { failover, accessMode }: Pick<StoreInCluster, "accessMode" | "failover">,
  { kubernetesVersion, longhornNodes, podDeletionPolicy }: ClusterToPredict,
): RecoveryInputs {
  const { evictAfterSeconds, terminationGracePeriodSeconds } = failover;
  return {
    ...{ evictAfterSeconds, terminationGracePeriodSeconds },
    accessMode: accessMode === AccessMode.ReadWriteOncePod ? AccessMode.ReadWriteOncePod : AccessMode.ReadWriteOnce,
    longhornActs: podDeletionPolicy.includes("deployment"),
    cluster: { kubernetesVersion: minorOf(kubernetesVersion), longhornManagers: Math.max(1, longhornNodes - 1) },
  };
}

function minorOf(version: string): string {
  return /^v?(1\.\d+)/.exec(version)?.[1] ?? "1.36";
}
