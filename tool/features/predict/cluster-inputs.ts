import { OnNodeFailure } from "../../../components/failover/args";
import { fencingTime } from "../../../components/failover/fencing-time";
import { recoveryInputs } from "../../../components/failover/recovery";
import type { FencingReference } from "../../../components/fencing/remediator";
import type { RecoveryInputs } from "../../../components/recovery-model";
import { parseVersion } from "../../../components/version";
import { AccessMode } from "../../../components/access-mode";
import type { StoreInCluster } from "../../cluster/store/store-in-cluster";

/** Properties of a cluster that affect a prediction. */
export interface ClusterToPredict {
  /** Version, such as `v1.36.3`. */
  kubernetesVersion: string;
  longhornNodes: number;
  podDeletionPolicy: string;
  /** Remediator of failed nodes; absent if there is none. */
  fencing?: FencingReference;
  /**
   * Number of nodes that the remediator can query.
   *
   * @default that of the remediator
   */
  nodes?: number;
}

/** Returns the inputs of the recovery-time model for a store of a cluster. */
export function inputsInCluster(
  { failover, accessMode }: Pick<StoreInCluster, "accessMode" | "failover">,
  { kubernetesVersion, longhornNodes, podDeletionPolicy, fencing, nodes }: ClusterToPredict,
): RecoveryInputs {
  const { onNodeFailure, tolerationSeconds, terminationGracePeriodSeconds } = failover;
  const isFenced = onNodeFailure === OnNodeFailure.Fence && fencing !== undefined;
  const policy = {
    tolerationSeconds,
    terminationGracePeriodSeconds,
    accessMode: accessMode === AccessMode.ReadWriteOncePod ? AccessMode.ReadWriteOncePod : AccessMode.ReadWriteOnce,
    ...(isFenced && fencingTime(fencing, nodes)),
  };
  const prediction = { kubernetesVersion: minorOf(kubernetesVersion), nodes: longhornNodes };
  return recoveryInputs(policy, podDeletionPolicy, prediction);
}

function minorOf(version: string): string {
  const { major, minor } = parseVersion(version) ?? {};
  return major === 1 && minor !== undefined ? `${major}.${minor}` : "1.36";
}
