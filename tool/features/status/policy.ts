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
      const effect = `the gateway stays on its node until the node returns or an operator fences it: ${fence}; ${deletedNodeEffect}`;
      return { status: { ...status, effect }, reasons: [] };
    }
    case OnNodeFailure.AssumeDead: {
      const evicted = `the pod is evicted after ${tolerationSeconds ?? 0} s`;
      if (actsOnDeployments(podDeletionPolicy)) {
        const effect = `${evicted}, Longhorn deletes it, another node takes over`;
        return { status: { ...status, effect }, reasons: [] };
      }
      const effect = `${evicted}, but the pod and its attachment remain`;
      const wanted = `Longhorn's node-down-pod-deletion-policy is "${podDeletionPolicy}"`;
      const reason = `${wanted}: ${effect}; AssumeDead requires "delete-deployment-pod"`;
      return { status: { ...status, effect }, reasons: longhorn === undefined ? [] : [reason] };
    }
    case OnNodeFailure.Fence: {
      if (fencing !== undefined) {
        const effect = `${fencing.remediator} confirms that the node is powered off, at least ${fencing.unhealthySeconds} s after NotReady; then another node takes over; ${deletedNodeEffect}`;
        return { status: { ...status, effect }, reasons: [] };
      }
      const effect = "there is no failover: no NodeHealthCheck has a remediator for unreachable nodes";
      return { status: { ...status, effect }, reasons: [`failover.onNodeFailure is Fence, but ${effect}`] };
    }
  }
}
