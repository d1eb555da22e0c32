import { FailureCase, predictRecovery, type Prediction } from "../../../components/recovery-model";
import { inputsInCluster } from "../predict/cluster-inputs";
import type { StoreInCluster } from "../../cluster/store/store-in-cluster";
import type { ClusterFacts } from "./facts";
import type { PredictedTime, StoreStatus } from "./report";

/** What the recovery-time model says of the store as it is. */
export function predictedOf(store: StoreInCluster, cluster: ClusterFacts): StoreStatus["predicted"] {
  const { kubernetesVersion, longhorn, fencing, nodes } = cluster;
  const { podDeletionPolicy = "", nodes: longhornNodes = [] } = longhorn ?? {};
  const inputs = inputsInCluster(store, {
    ...{ kubernetesVersion, podDeletionPolicy, fencing },
    ...{ longhornNodes: longhornNodes.length, nodes: nodes.length },
  });
  return {
    podFailure: timeOf(predictRecovery(FailureCase.PodFailure, inputs)),
    switchOver: timeOf(predictRecovery(FailureCase.SwitchOver, inputs)),
    nodeFailure: timeOf(predictRecovery(FailureCase.NodeFailure, inputs)),
  };
}

function timeOf(prediction: Prediction): PredictedTime {
  if ("never" in prediction) return { never: prediction.never };
  const { p50, p95, p99 } = prediction;
  return { p50Seconds: p50, p95Seconds: p95, p99Seconds: p99 };
}
