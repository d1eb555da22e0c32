import { AccessMode } from "../access-mode";
import { clusterTimings, type ClusterKnowledge, type ClusterTimings } from "./cluster";
import { nodeFailure } from "./node-failure";
import { podFailure, switchOver } from "./pod-failure";
import { Random, type Range } from "./random";
import { recoveryStages, type RecoveryStage, type StageTimes } from "./stages";

/** Failure case of a store. */
export const FailureCase = {
  /** The gateway's process exits. */
  PodFailure: "pod-failure",
  /** An operator moves the gateway to another node. */
  SwitchOver: "switch-over",
  /** The gateway's node fails without notice. */
  NodeFailure: "node-failure",
} as const;

export type FailureCase = (typeof FailureCase)[keyof typeof FailureCase];

/** Inputs of the recovery-time model: the effects of the failover decision, and the cluster. */
export interface RecoveryInputs {
  /** Seconds that the pod stays bound to a node that is not ready; undefined without limit. */
  readonly tolerationSeconds?: number;
  readonly terminationGracePeriodSeconds: number;
  readonly accessMode: AccessMode;
  /** Whether Longhorn's pod deletion policy deletes the pods of Deployments. */
  readonly longhornActs: boolean;
  /** Number of replicas of the volume, if known. */
  readonly replicas?: number;
  /** Seconds after NotReady at which the node is confirmed to be powered off and gets the out-of-service taint. */
  readonly fencedAfterSeconds?: Range;
  /** Whether the old pod is deleted as soon as the taint is set, rather than by the pod garbage collector. */
  readonly podDeletedAtOnce?: boolean;
  /**
   * Whether the new pod is created only after the volume is detached, as `longhorn-s3 fence` and `longhorn-s3 move` do.
   * Kubernetes waits longer after each failed attach attempt.
   * @default false
   */
  readonly podAfterDetach?: boolean;
  /**
   * For a switch-over by resource pressure: seconds until the kubelet detects the lack of memory or disk space. Without it, the
   * switch-over starts with the deletion of the pod.
   */
  readonly noticedAfterSeconds?: Range;
  /**
   * Number of objects in the store.
   * @default 0
   */
  readonly objects?: number;
  /**
   * Number of restarts of the process within the last ten minutes.
   * @default 0
   */
  readonly restarts?: number;
  readonly cluster?: ClusterKnowledge;
}

/** Percentiles of a time, in seconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Time from the failure to a stage. */
export interface PredictedStage extends Percentiles {
  readonly stage: RecoveryStage;
}

/** Time from the failure to the first successful request, or the reason why the store does not recover automatically. */
export type Prediction = (Percentiles & { readonly stages: readonly PredictedStage[] }) | { readonly never: string };

/** Number of simulated recoveries. A larger number changes the p50 by less than a second. */
const draws = 1000;

/**
 * Returns the predicted recovery time of a failure case, from simulated timers. Equal inputs give equal numbers.
 *
 * @throws RangeError if `cluster.kubernetesVersion` is invalid
 */
export function predictRecovery(failureCase: FailureCase, inputs: RecoveryInputs): Prediction {
  const key = JSON.stringify([failureCase, inputs]);
  const known = predictions.get(key) ?? computePrediction(failureCase, inputs);
  predictions.set(key, known);
  return known;
}

/** Cache: most stores of a program share a decision. */
const predictions = new Map<string, Prediction>();

function computePrediction(failureCase: FailureCase, inputs: RecoveryInputs): Prediction {
  const never = failureCase === FailureCase.NodeFailure ? neverReason(inputs) : undefined;
  if (never !== undefined) return { never };
  const timings = clusterTimings(inputs.cluster);
  const random = new Random(1);
  const times = Array.from({ length: draws }, () => drawn(failureCase, inputs, timings, random));
  const stages = recoveryStages.flatMap((stage) => {
    const reached = times.flatMap((one) => one[stage] ?? []);
    return reached.length === 0 ? [] : [{ stage, ...percentiles(reached) }];
  });
  return { ...percentiles(times.map(({ firstAnswer = 0 }) => firstAnswer)), stages };
}

/** Reason why a store with one replica may not recover from a node failure. */
export const oneReplicaReason =
  "the volume has one replica, and if that is on the failed node, no other node has the data";

/**
 * Returns the reason a store does not recover from a node failure, or undefined if it does. The text is a stack output, so any
 * change to it appears in every preview.
 */
function neverReason(inputs: RecoveryInputs): string | undefined {
  const { tolerationSeconds, longhornActs, fencedAfterSeconds, replicas } = inputs;
  const moves = fencedAfterSeconds !== undefined || (tolerationSeconds !== undefined && longhornActs);
  if (moves) return replicas === 1 ? oneReplicaReason : undefined;
  if (tolerationSeconds === undefined) {
    return "the gateway stays with its node until that returns, or until somebody vouches that it is off by the out-of-service taint";
  }
  return (
    "the pod is marked as terminating, but nobody removes it and its attachment: Longhorn's pod deletion policy does nothing with the " +
    "pods of Deployments"
  );
}

function drawn(failureCase: FailureCase, inputs: RecoveryInputs, timings: ClusterTimings, random: Random): StageTimes {
  const { accessMode, objects = 0, restarts = 0 } = inputs;
  switch (failureCase) {
    case FailureCase.PodFailure:
      return podFailure(restarts, objects, timings, random);
    case FailureCase.SwitchOver:
      return switchOver({ ...inputs, objects }, timings, random);
    case FailureCase.NodeFailure:
      return nodeFailure(
        { ...inputs, singlePod: accessMode === AccessMode.ReadWriteOncePod, objects },
        timings,
        random,
      );
  }
}

/**
 * Returns the percentiles of at least one value.
 * @param values at least one
 */
export function percentiles(values: readonly number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return Math.round(value * 10) / 10;
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
