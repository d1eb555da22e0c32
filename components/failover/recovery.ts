import { actsOnDeployments } from "../longhorn/pod-deletion-policy";
import type { FailoverPolicy } from "./policy";
import type { PredictionArgs } from "./prediction";
import {
  FailureCase,
  predictRecovery,
  type ClusterKnowledge,
  type Prediction,
  type RecoveryInputs,
} from "../recovery-model";

/** How long a store is away after a failure. */
export interface RecoveryTime {
  /** Half of the recoveries take no longer, in seconds. */
  p50Seconds?: number;
  /** 95 of 100 recoveries take no longer, in seconds. */
  p95Seconds?: number;
  /** 99 of 100 recoveries take no longer, in seconds. */
  p99Seconds?: number;
  /** Why it does not come back by itself; then there are no times. */
  never?: string;
}

/** How long a store is away, by the failure case; from the recovery-time model, whose assumptions are in `docs/recovery-times.md`. */
export interface PredictedRecovery {
  /** The gateway's process dies. */
  podFailure: RecoveryTime;
  /** The gateway is moved to another node. */
  switchOver: RecoveryTime;
  /** The gateway's node is gone without notice. */
  nodeFailure: RecoveryTime;
  /** The minor version of Kubernetes that is assumed. */
  kubernetesVersion: string;
}

/** Values of a policy by which a recovery time is predicted. */
export type RecoveryPolicy = Pick<
  FailoverPolicy,
  "tolerationSeconds" | "terminationGracePeriodSeconds" | "accessMode" | "fencedAfterSeconds"
>;

/** The predicted times of a store on a Longhorn with that pod deletion policy. */
export function predictedRecovery(
  policy: RecoveryPolicy,
  podDeletionPolicy: string,
  prediction: PredictionArgs = {},
): PredictedRecovery {
  const inputs = recoveryInputs(policy, podDeletionPolicy, prediction);
  const time = (failureCase: FailureCase): RecoveryTime => recoveryTime(predictRecovery(failureCase, inputs));
  return {
    podFailure: time(FailureCase.PodFailure),
    switchOver: time(FailureCase.SwitchOver),
    nodeFailure: time(FailureCase.NodeFailure),
    kubernetesVersion: prediction.kubernetesVersion ?? "1.36",
  };
}

/** Returns the inputs of the recovery-time model for a policy on a Longhorn with that pod deletion policy. */
export function recoveryInputs(
  { tolerationSeconds, terminationGracePeriodSeconds, accessMode, fencedAfterSeconds }: RecoveryPolicy,
  podDeletionPolicy: string,
  prediction: PredictionArgs = {},
): RecoveryInputs {
  return {
    tolerationSeconds,
    terminationGracePeriodSeconds,
    accessMode,
    longhornActs: actsOnDeployments(podDeletionPolicy),
    ...(fencedAfterSeconds && { fencedAfterSeconds }),
    objects: prediction.objects,
    cluster: clusterKnowledge(prediction),
  };
}

function clusterKnowledge(prediction: PredictionArgs): ClusterKnowledge {
  const { kubernetesVersion, nodeMonitorGracePeriodSeconds, attachDetachReconcileSyncPeriodSeconds, nodes } =
    prediction;
  return {
    kubernetesVersion,
    nodeMonitorGracePeriod: nodeMonitorGracePeriodSeconds,
    attachDetachSyncPeriod: attachDetachReconcileSyncPeriodSeconds,
    longhornManagers: nodes === undefined ? undefined : Math.max(1, nodes - 1),
  };
}

/** Returns the percentiles of a prediction with their unit in the name, or why there are none. */
export function recoveryTime(
  prediction: Prediction,
): Required<Omit<RecoveryTime, "never">> | Required<Pick<RecoveryTime, "never">> {
  if ("never" in prediction) return { never: prediction.never };
  const { p50, p95, p99 } = prediction;
  return { p50Seconds: p50, p95Seconds: p95, p99Seconds: p99 };
}
