import {
  explainFailover,
  failoverPolicy,
  policyFor,
  recoveryInputs,
  type FailoverArgs,
  type FailoverExplanation,
  type PredictionArgs,
} from "../../../components/failover";
import type { RecoveryInputs } from "../../../components/recovery-model";
import { actsOnDeployments } from "../../../components/longhorn/pod-deletion-policy";
import { defaultVersion } from "../../../components/longhorn/version";
import { deletedNodeEffect } from "../../cluster/missing-nodes";
import { PodDeletionPolicy } from "../../../index";

/** Failover decision with a display name. */
export interface NamedPolicy {
  name: string;
  inputs: RecoveryInputs;
  /** Behavior in each failure case, if Longhorn is configured as the decision requires. */
  explanation?: FailoverExplanation;
  /** Effect of a deleted Node object; absent with `AssumeDead`, which needs no evidence. */
  nodeDeleted?: string;
}

const assumeDead: FailoverArgs = { onNodeFailure: "AssumeDead", acceptDataLossIfNodeIsAlive: true };

/** Assumed seconds that an operator needs to power off a node, for the comparison only. */
const operatorSeconds = 300;

/** Returns all decisions, for a comparison side by side. */
export function comparedPolicies(prediction: PredictionArgs = {}): NamedPolicy[] {
  const of = (name: string, failover: FailoverArgs): NamedPolicy => namedPolicy(name, failover, prediction);
  const waiting = of("Wait", { onNodeFailure: "Wait" });
  const fenced = (name: string, seconds: number): NamedPolicy => ({
    name,
    inputs: {
      ...waiting.inputs,
      fencedAfterSeconds: [seconds, seconds],
      podDeletedAtOnce: true,
      podAfterDetach: true,
    },
  });
  return [
    waiting,
    fenced("Wait, fenced by an operator at NotReady", 0),
    fenced(`Wait, fenced by an operator ${operatorSeconds} s later`, operatorSeconds),
    of("AssumeDead, Careful", { ...assumeDead, speed: "Careful" }),
    of("AssumeDead, Balanced", assumeDead),
    of("AssumeDead, Fast", { ...assumeDead, speed: "Fast" }),
    of("Fence by FenceAgentsRemediation", {
      onNodeFailure: "Fence",
      fencing: { remediator: "FenceAgentsRemediation", unhealthySeconds: 60 },
    }),
    of("Fence by SelfNodeRemediation", {
      onNodeFailure: "Fence",
      fencing: { remediator: "SelfNodeRemediation", unhealthySeconds: 60 },
    }),
  ];
}

/**
 * Returns a decision as input of the model, with the pod deletion policy that it requires.
 *
 * @param podDeletionPolicy another policy of that Longhorn
 */
export function namedPolicy(
  name: string,
  failover: FailoverArgs,
  prediction: PredictionArgs = {},
  podDeletionPolicy: PodDeletionPolicy = policyFor(failover),
): NamedPolicy {
  const policy = failoverPolicy(failover, defaultVersion, prediction.nodes);
  const needs = policyFor(failover);
  const isAsNeeded = needs === PodDeletionPolicy.DoNothing || actsOnDeployments(podDeletionPolicy);
  return {
    name,
    inputs: recoveryInputs(policy, podDeletionPolicy, prediction),
    ...(isAsNeeded && { explanation: explainFailover(policy) }),
    ...(failover.onNodeFailure !== "AssumeDead" && { nodeDeleted: deletedNodeEffect }),
  };
}
