import { OnNodeFailure } from "../../../components/failover/args";
import type { PodFailover } from "../../../components/failover/pod";
import { actsOnDeployments } from "../../../components/longhorn/pod-deletion-policy";
import { deletedNodeEffect } from "../../cluster/missing-nodes";
import { commandLine } from "../../terminal/command-line";
import type { ClusterFacts } from "./facts";
import type { PolicyStatus } from "./report";

/** Returns the policy in effect, and the reasons why it would not work as decided. */
export function policyOf(
  { onNodeFailure, tolerationSeconds }: PodFailover,
  { longhorn, fencing, reachedBy }: ClusterFacts,
): { status: PolicyStatus; reasons: string[] } {
  const podDeletionPolicy = longhorn?.podDeletionPolicy ?? "";
  const status = {
    ...{ onNodeFailure, podDeletionPolicy },
    ...(tolerationSeconds !== undefined && { tolerationSeconds }),
  };
  switch (onNodeFailure) {
    case OnNodeFailure.Wait: {
      const fence = commandLine(["fence", "NODE"], reachedBy);
      const effect = `nothing moves until the node returns, or an operator fences it: ${fence}; ${deletedNodeEffect}`;
      return { status: { ...status, effect }, reasons: [] };
    }
    case OnNodeFailure.AssumeDead: {
      const evicted = `the pod is evicted after ${tolerationSeconds ?? 0} s`;
      if (actsOnDeployments(podDeletionPolicy)) {
        const effect = `${evicted}, Longhorn deletes it, another node takes over`;
        return { status: { ...status, effect }, reasons: [] };
      }
      const effect = `${evicted}, and nobody removes it and its attachment`;
      const wanted = `Longhorn's node-down-pod-deletion-policy is "${podDeletionPolicy}"`;
      const reason = `${wanted}: ${effect}; "delete-deployment-pod" is what AssumeDead needs`;
      return { status: { ...status, effect }, reasons: longhorn === undefined ? [] : [reason] };
    }
    case OnNodeFailure.Fence: {
      if (fencing !== undefined) {
        const effect = `${fencing.remediator} proves that the node is off, ${fencing.unhealthySeconds} s after NotReady at the soonest; then another one takes over; ${deletedNodeEffect}`;
        return { status: { ...status, effect }, reasons: [] };
      }
      const effect = "nothing moves: no NodeHealthCheck hands silent nodes to a remediator";
      return { status: { ...status, effect }, reasons: [`failover.onNodeFailure is Fence, and ${effect}`] };
    }
  }
}
