import { AccessMode } from "../access-mode";
import { clusterTimings, type ClusterKnowledge, type ClusterTimings } from "./cluster";
import { nodeFailure } from "./node-failure";
import { podFailure, switchOver } from "./pod-failure";
import { Random, type Range } from "./random";
import { recoveryStages, type RecoveryStage, type StageTimes } from "./stages";

/** The failure cases of a store. */
export const FailureCase = {
  /** The gateway's process dies. */
  PodFailure: "pod-failure",
  /** Somebody moves the gateway to another node. */
  SwitchOver: "switch-over",
  /** The gateway's node is gone without notice. */
  NodeFailure: "node-failure",
} as const;

export type FailureCase = (typeof FailureCase)[keyof typeof FailureCase];

/** What a recovery time depends on beside the cluster: what the failover decision means for every layer. */
export interface RecoveryInputs {
  /** Seconds that the pod stays with a node that is not ready; without it, for ever. */
  readonly tolerationSeconds?: number;
  readonly terminationGracePeriodSeconds: number;
  readonly accessMode: AccessMode;
  /** Whether Longhorn's pod deletion policy acts on the pods of Deployments. */
  readonly longhornActs: boolean;
  /** Replicas of the volume, if they are known. */
  readonly replicas?: number;
  /** Seconds after NotReady at which the node is confirmed to be off and gets the out-of-service taint. */
  readonly fencedAfterSeconds?: Range;
  /** Whether who sets the taint also deletes the old pod at once, instead of leaving it to the pod garbage collector. */
  readonly podDeletedAtOnce?: boolean;
  /**
   * Whether the new pod is made only when the volume is detached, as `longhorn-s3 fence` and `longhorn-s3 move` do it: Kubernetes waits
   * longer after each attachment that it tries in vain.
   * @default false
   */
  readonly podAfterDetach?: boolean;
  /**
   * Of a switch-over that the kubelet begins, since its node runs short of memory or disk space: seconds until it notices. Without it, the
   * switch-over begins with the deletion of the pod.
   */
  readonly noticedAfterSeconds?: Range;
  /**
   * Objects in the store.
   * @default 0
   */
  readonly objects?: number;
  /**
   * How often the process was started again within the last ten minutes.
   * @default 0
   */
  readonly restarts?: number;
  readonly cluster?: ClusterKnowledge;
}

/** A share of the recoveries is not longer than this. Seconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** When a stage is reached, after the fault. */
export interface PredictedStage extends Percentiles {
  readonly stage: RecoveryStage;
}

/** How long clients are without the store, from the fault to the first answer; or why it does not come back by itself. */
export type Prediction = (Percentiles & { readonly stages: readonly PredictedStage[] }) | { readonly never: string };

/** So many recoveries are drawn: with more of them the p50 is the same to the second. */
const draws = 1000;

/**
 * The recovery time of a failure case, drawn from the timers that it waits for. The same inputs give the same numbers.
 *
 * @throws RangeError where `cluster.kubernetesVersion` is no version
 */
export function predictRecovery(failureCase: FailureCase, inputs: RecoveryInputs): Prediction {
  const key = JSON.stringify([failureCase, inputs]);
  const known = predictions.get(key) ?? computePrediction(failureCase, inputs);
  predictions.set(key, known);
  return known;
}

/** Stores of one program mostly share their decision. */
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

/** Explains why a store with one replica may not recover from a node failure. */
export const oneReplicaReason =
  "the volume has one replica, and if that is on the failed node, no other node has the data";

/** Why a store does not come back from the death of its node; undefined where it does. */
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

/** @param values at least one */
export function percentiles(values: readonly number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return Math.round(value * 10) / 10;
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
