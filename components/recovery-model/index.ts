export { clusterTimings } from "./cluster";
export type { ClusterKnowledge, ClusterTimings } from "./cluster";
export { FailureCase, oneReplicaReason, percentiles, predictRecovery } from "./predict";
export type { Percentiles, PredictedStage, Prediction, RecoveryInputs } from "./predict";
export { recoveryStages, stageExplanations } from "./stages";
export type { RecoveryStage } from "./stages";
