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

/** Predicted recovery time: from the failure to the first successful request. */
export interface RecoveryTime {
  /**
   * Median recovery time, in seconds.
   * @decimal
   */
  p50Seconds?: number;
  /**
   * 95th percentile of the recovery time, in seconds.
   * @decimal
   */
  p95Seconds?: number;
  /**
   * 99th percentile of the recovery time, in seconds.
   * @decimal
   */
  p99Seconds?: number;
  /** Reason why the store does not recover automatically. If set, there are no times. */
  never?: string;
}

/** Predicted recovery times, by failure case. `docs/recovery-times.md` describes the model and its assumptions. */
export interface PredictedRecovery {
  /** The gateway's process exits. */
  podFailure: RecoveryTime;
  /** The gateway is moved to another node. */
  switchOver: RecoveryTime;
  /** The gateway's node fails without notice. */
  nodeFailure: RecoveryTime;
  /** Assumed minor version of Kubernetes. */
  kubernetesVersion: string;
}

/** Values of a policy that affect the recovery time. */
export interface RecoveryPolicy extends Pick<
  FailoverPolicy,
  "tolerationSeconds" | "terminationGracePeriodSeconds" | "accessMode" | "fencedAfterSeconds"
> {
  /** Number of replicas of the volume, if known. */
  readonly replicas?: number;
}

/** Returns the predicted recovery times of a store, given Longhorn's pod deletion policy. */
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

/** Returns the inputs of the recovery-time model, given Longhorn's pod deletion policy. */
export function recoveryInputs(
  { tolerationSeconds, terminationGracePeriodSeconds, accessMode, fencedAfterSeconds, replicas }: RecoveryPolicy,
  podDeletionPolicy: string,
  prediction: PredictionArgs = {},
): RecoveryInputs {
  return {
    tolerationSeconds,
    terminationGracePeriodSeconds,
    accessMode,
    longhornActs: actsOnDeployments(podDeletionPolicy),
    ...(fencedAfterSeconds && { fencedAfterSeconds }),
    ...(replicas !== undefined && { replicas }),
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

/** Returns the percentiles of a prediction under names with their unit, or the reason why there are none. */
export function recoveryTime(
  prediction: Prediction,
): Required<Omit<RecoveryTime, "never">> | Required<Pick<RecoveryTime, "never">> {
  if ("never" in prediction) return { never: prediction.never };
  const { p50, p95, p99 } = prediction;
  return { p50Seconds: p50, p95Seconds: p95, p99Seconds: p99 };
}
