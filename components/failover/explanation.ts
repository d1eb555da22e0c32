import { OnNodeFailure } from "./args";
import type { FailoverPolicy } from "./policy";

/** Behavior of a store in each failure case, in sentences, and the evidence that a node is powered off. */
export interface FailoverExplanation {
  podFailure: string;
  switchOver: string;
  nodeFailure: string;
  partition: string;
  nodeReturn: string;
  evidence: string;
}

/** Returns the explanation of a policy. */
export function explainFailover(policy: FailoverPolicy): FailoverExplanation {
  const { livenessFailureSeconds, terminationGracePeriodSeconds: grace } = policy;
  return {
    podFailure:
      "The kubelet restarts a process that exits immediately, and after 10, 20, 40 s and up to 5 min if it exits again within ten minutes. A " +
      `process that accepts no connections is killed after ${livenessFailureSeconds} s.`,
    switchOver:
      `The pod is stopped within ${grace} s, and the volume is detached and attached to the other node. No acknowledged write is lost. ` +
      "Connections are refused until the new pod is ready.",
    ...whenNodeFails(policy),
  };
}

/** Requirement of a gateway with resource requests: see `capacityWarnings`. */
const room =
  "A node must have capacity for the pod, which is Pending until then. A pod with a higher priority is scheduled first.";

function whenNodeFails(
  policy: FailoverPolicy,
): Pick<FailoverExplanation, "nodeFailure" | "partition" | "nodeReturn" | "evidence"> {
  switch (policy.onNodeFailure) {
    case OnNodeFailure.Wait:
      return {
        nodeFailure:
          "The gateway stays on its node: the pod tolerates an unreachable node without limit, so it is never marked as terminating. Neither " +
          "Kubernetes nor Longhorn's pod deletion policy acts on it. The store is unavailable until the node returns or an operator " +
          "confirms that it is powered off.",
        partition:
          "The gateway continues to serve clients on its side. There is no second writer, and no acknowledged write is lost.",
        nodeReturn: "The same pod serves again.",
        evidence: "an operator's confirmation, by the out-of-service taint",
      };
    case OnNodeFailure.AssumeDead:
      return {
        nodeFailure:
          `${policy.tolerationSeconds ?? 0} s after the node becomes NotReady, the pod is marked as terminating. Longhorn deletes its ` +
          `attachment, then the pod after its grace period. The volume is attached to another node from the other replicas. ${room}`,
        partition:
          "The same happens while the isolated gateway continues to acknowledge writes of the clients on its side, on the replica of " +
          "its node. These writes are lost.",
        nodeReturn:
          "Longhorn discards the writes of the isolated node and rebuilds its replica. The old pod is deleted.",
        evidence: "none",
      };
    case OnNodeFailure.Fence: {
      const [least, most] = policy.fencedAfterSeconds ?? [];
      const when =
        least === undefined || most === undefined ? "" : `, ${least} to ${most} s after the node becomes NotReady`;
      const again = policy.tries === undefined ? "" : ` ${repeated(policy.tries)}`;
      return {
        nodeFailure:
          `The gateway stays on its node until the remediator confirms that the node is powered off${when}. The remediator then sets the ` +
          `out-of-service taint. Kubernetes deletes the pod and detaches the volume immediately, and another node takes over. ${room}${again}`,
        partition:
          "The isolated node is powered off or restarts itself before another node takes over. Writes that it acknowledged on its own " +
          "replica until then are lost; later ones are not.",
        nodeReturn:
          "Before the confirmation, the same pod serves again. Afterwards, the old pod is deleted, and the remediator removes the taint " +
          "when the node is healthy.",
        evidence: "the remediator's confirmation",
      };
    }
  }
}

function repeated({ count, endAfterSeconds }: Required<FailoverPolicy>["tries"]): string {
  const given =
    count === 1 ? "The fence agent is run once" : `A failed fence agent is retried, up to ${count} attempts in total`;
  return `${given}. From ${endAfterSeconds} s after the node becomes NotReady there are no more attempts, and an operator must act.`;
}
