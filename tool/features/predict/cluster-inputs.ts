import type { FencingReference } from "../../../components/fencing/agent";
import { OnNodeFailure } from "../../../components/failover/args";
import { proofOf } from "../../../components/failover/fencing-time";
import type { RecoveryInputs } from "../../../components/recovery-model";
import { AccessMode } from "../../../components/access-mode";
import type { StoreInCluster } from "../../cluster/store/store-in-cluster";

/** What a prediction needs of a cluster. */
export interface ClusterToPredict {
  /** Such as `v1.36.3`. */
  kubernetesVersion: string;
  longhornNodes: number;
  podDeletionPolicy: string;
  /** What fences silent nodes; absent where nothing does. */
  fencing?: FencingReference;
  /** How many nodes the fencing agent can ask; the agent's own default where absent. */
  nodes?: number;
}

/** What the recovery-time model has to know of a store as its cluster has it. */
export function inputsInCluster(
  { failover, accessMode }: Pick<StoreInCluster, "accessMode" | "failover">,
  { kubernetesVersion, longhornNodes, podDeletionPolicy, fencing, nodes }: ClusterToPredict,
): RecoveryInputs {
  const { onNodeFailure, evictAfterSeconds, terminationGracePeriodSeconds } = failover;
  const isFenced = onNodeFailure === OnNodeFailure.Fence && fencing !== undefined;
  return {
    ...{ evictAfterSeconds, terminationGracePeriodSeconds },
    ...(isFenced && { vouchedAfterSeconds: proofOf(fencing, nodes).provenAfterSeconds }),
    accessMode: accessMode === AccessMode.ReadWriteOncePod ? AccessMode.ReadWriteOncePod : AccessMode.ReadWriteOnce,
    longhornActs: podDeletionPolicy.includes("deployment"),
    cluster: { kubernetesVersion: minorOf(kubernetesVersion), longhornManagers: Math.max(1, longhornNodes - 1) },
  };
}

function minorOf(version: string): string {
  return /^v?(1\.\d+)/.exec(version)?.[1] ?? "1.36";
}
