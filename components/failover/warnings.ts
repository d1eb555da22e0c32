import { Remediator, selfNodeRemediationSeconds } from "../fencing";
import { OnNodeFailure, type FailoverArgs } from "./args";
import { failoverPolicy, policyFor, type FailoverPolicy } from "./policy";
import type { PredictionArgs } from "./prediction";
import { predictedRecovery } from "./recovery";
import { capacityWarnings, type PodDemand } from "./capacity-warnings";
import { replicaWarnings } from "./replica-warnings";
import { FailoverSpeed, speedNumbers } from "./speed";

/** Below this, a node that only restarts its kubelet loses its pods: its restart and the next renewal of its lease take about so long. */
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

/** Properties of a store on which the warnings depend. */
interface StoreProperties {
  prediction?: PredictionArgs;
  pod?: PodDemand;
  /** Replicas of the volume, if they are known. */
  replicas?: number;
}

/** Properties of the cluster on which the seconds depend. */
interface Estimate {
  longhornVersion: string;
  prediction: PredictionArgs;
}

function ofDecision(failover: FailoverArgs, estimate: Estimate): string[] {
  switch (failover.onNodeFailure) {
    case OnNodeFailure.Wait:
      return idleSpeed(failover, 'with onNodeFailure "Wait" nothing moves');
    case OnNodeFailure.AssumeDead:
      return [...hasty(failover, estimate), ...slow(failover, estimate)];
    case OnNodeFailure.Fence:
      return [
        ...idleSpeed(
          failover,
          "the remediator's proof is what takes time, and unhealthySeconds of the fencing decides about it",
        ),
        ...(failover.fencing?.remediator === Remediator.SelfNodeRemediation ? [slowFencing(failover, estimate)] : []),
      ];
  }
}

function idleSpeed({ speed = FailoverSpeed.Balanced }: FailoverArgs, reason: string): string[] {
  if (speed === FailoverSpeed.Balanced) return [];
  return [
    `failover.speed "${speed}" gains nothing when a node dies: ${reason}. It only decides how long a process may hang, which ` +
      "livenessFailureSeconds says in a number",
  ];
}

function hasty(failover: FailoverArgs, estimate: Estimate): string[] {
  const { tolerationSeconds = 0 } = policyIn(failover, estimate);
  if (tolerationSeconds >= shortToleration) return [];
  const usual = { ...failover, speed: FailoverSpeed.Balanced, tolerationSeconds: undefined };
  const gained = Math.round(median(usual, estimate) - median(failover, estimate));
  return [
    `with tolerationSeconds ${tolerationSeconds} a node that only restarts its kubelet, or is cut off for a minute, loses the gateway, and ` +
      `what it wrote meanwhile is discarded; against ${speedNumbers.Balanced.tolerationSeconds} s it gains ${gained} s of about ` +
      `${Math.round(median(usual, estimate))} when a node really dies`,
  ];
}

function slow(failover: FailoverArgs, estimate: Estimate): string[] {
  const { terminationGracePeriodSeconds: grace } = policyIn(failover, estimate);
  if (grace <= 30) return [];
  const usual = { ...failover, terminationGracePeriodSeconds: undefined };
  const lost = Math.round(median(failover, estimate) - median(usual, estimate));
  return [
    `terminationGracePeriodSeconds ${grace} costs ${lost} s when a node dies: Longhorn lets them pass before it deletes the dead node's pod`,
  ];
}

function slowFencing(failover: FailoverArgs, estimate: Estimate): string {
  return (
    `SelfNodeRemediation needs ${selfNodeRemediationSeconds(estimate.prediction.nodes)} s for its proof, which no input of a store shortens: ` +
    `half of the recoveries take more than ` +
    `${Math.round(median(failover, estimate))} s`
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
