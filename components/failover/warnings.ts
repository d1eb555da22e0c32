import { Remediator, selfNodeRemediationSeconds } from "../fencing";
import { OnNodeFailure, type FailoverArgs } from "./args";
import { failoverPolicy, policyFor, type FailoverPolicy } from "./policy";
import type { PredictionArgs } from "./prediction";
import { predictedRecovery } from "./recovery";
import { capacityWarnings, type PodDemand } from "./capacity-warnings";
import { replicaWarnings } from "./replica-warnings";
import { FailoverSpeed, speedNumbers } from "./speed";

/**
 * Seconds that a restart of the kubelet and the next renewal of its lease take. A shorter toleration evicts the pods of such a
 * node.
 */
const shortToleration = 15;

/** Returns the warnings about a decision, each with the seconds that it costs or gains. */
export function failoverWarnings(
  failover: FailoverArgs,
  longhornVersion: string,
  { prediction = {}, pod = {}, replicas }: StoreProperties = {},
): string[] {
  const estimate: Estimate = { longhornVersion, prediction };
  return [
    ...ofDecision(failover, estimate),
    ...replicaWarnings(failover.onNodeFailure, replicas),
    ...capacityWarnings(failover.onNodeFailure, pod),
  ];
}

/** Properties of a store that affect the warnings. */
interface StoreProperties {
  prediction?: PredictionArgs;
  pod?: PodDemand;
  /** Number of replicas of the volume, if known. */
  replicas?: number;
}

/** Properties of the cluster that affect the estimated seconds. */
interface Estimate {
  longhornVersion: string;
  prediction: PredictionArgs;
}

function ofDecision(failover: FailoverArgs, estimate: Estimate): string[] {
  switch (failover.onNodeFailure) {
    case OnNodeFailure.Wait:
      return idleSpeed(failover, 'with onNodeFailure "Wait" there is no failover');
    case OnNodeFailure.AssumeDead:
      return [...hasty(failover, estimate), ...slow(failover, estimate)];
    case OnNodeFailure.Fence:
      return [
        ...idleSpeed(failover, "the time is spent on fencing, which unhealthySeconds controls"),
        ...(failover.fencing?.remediator === Remediator.SelfNodeRemediation ? [slowFencing(failover, estimate)] : []),
      ];
  }
}

function idleSpeed({ speed = FailoverSpeed.Balanced }: FailoverArgs, reason: string): string[] {
  if (speed === FailoverSpeed.Balanced) return [];
  return [
    `failover.speed "${speed}" does not shorten the recovery from a node failure: ${reason}. It only affects how long a process may hang; ` +
      "set livenessFailureSeconds instead",
  ];
}

function hasty(failover: FailoverArgs, estimate: Estimate): string[] {
  const { tolerationSeconds = 0 } = policyIn(failover, estimate);
  if (tolerationSeconds >= shortToleration) return [];
  const usual = { ...failover, speed: FailoverSpeed.Balanced, tolerationSeconds: undefined };
  const gained = Math.round(median(usual, estimate) - median(failover, estimate));
  return [
    `with tolerationSeconds ${tolerationSeconds} the gateway fails over even if a node only restarts its kubelet or is isolated for a ` +
      `minute, and its writes in the meantime are discarded. Compared with ${speedNumbers.Balanced.tolerationSeconds} s, this saves ` +
      `${gained} s of about ${Math.round(median(usual, estimate))} s in a real node failure`,
  ];
}

function slow(failover: FailoverArgs, estimate: Estimate): string[] {
  const { terminationGracePeriodSeconds: grace } = policyIn(failover, estimate);
  if (grace <= 30) return [];
  const usual = { ...failover, terminationGracePeriodSeconds: undefined };
  const lost = Math.round(median(failover, estimate) - median(usual, estimate));
  return [
    `terminationGracePeriodSeconds ${grace} adds ${lost} s to the recovery from a node failure: Longhorn waits for it before it deletes the pod`,
  ];
}

function slowFencing(failover: FailoverArgs, estimate: Estimate): string {
  return (
    `SelfNodeRemediation needs ${selfNodeRemediationSeconds(estimate.prediction.nodes)} s to confirm that a node is powered off, which no ` +
    `input of a store shortens: the median recovery takes ${Math.round(median(failover, estimate))} s`
  );
}

function median(failover: FailoverArgs, estimate: Estimate): number {
  const policy = policyIn(failover, estimate);
  const { nodeFailure } = predictedRecovery(policy, policyFor(failover), estimate.prediction);
  return nodeFailure.p50Seconds ?? Infinity;
}

function policyIn(failover: FailoverArgs, { longhornVersion, prediction }: Estimate): FailoverPolicy {
  return failoverPolicy(failover, longhornVersion, prediction.nodes);
}
