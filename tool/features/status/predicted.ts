import { recoveryTime } from "../../../components/failover/recovery";
import { FailureCase, predictRecovery } from "../../../components/recovery-model";
import { inputsInCluster } from "../predict/cluster-inputs";
import type { StoreInCluster } from "../../cluster/store/store-in-cluster";
import type { ClusterFacts } from "./facts";
import type { StoreStatus } from "./report";

/** Returns the prediction of the recovery-time model for the store in its current state. */
export function predictedOf(store: StoreInCluster, cluster: ClusterFacts): StoreStatus["predicted"] {
  const { kubernetesVersion, longhorn, fencing, nodes } = cluster;
  const { podDeletionPolicy = "", nodes: longhornNodes = [] } = longhorn ?? {};
  const inputs = inputsInCluster(store, {
    ...{ kubernetesVersion, podDeletionPolicy, fencing },
    ...{ longhornNodes: longhornNodes.length, nodes: nodes.length },
  });
  return {
    podFailure: recoveryTime(predictRecovery(FailureCase.PodFailure, inputs)),
    switchOver: recoveryTime(predictRecovery(FailureCase.SwitchOver, inputs)),
    nodeFailure: recoveryTime(predictRecovery(FailureCase.NodeFailure, inputs)),
  };
}
