import { OnNodeFailure } from "./args";
import type { FailoverPolicy } from "./policy";

/** What happens in each failure case, in sentences, and who vouches for a dead node. */
export interface FailoverExplanation {
  podFailure: string;
  switchOver: string;
  nodeFailure: string;
  partition: string;
  nodeReturn: string;
  evidence: string;
}

/** The explanation of a policy, for people who have to decide or to act. */
export function explainFailover(policy: FailoverPolicy): FailoverExplanation {
  const { livenessFailureSeconds, terminationGracePeriodSeconds: grace } = policy;
  return {
    podFailure:
      "The kubelet starts a dead process again at once, and after 10, 20, 40 s up to 5 min when it dies again within ten minutes. One " +
      `that takes no connection is killed after ${livenessFailureSeconds} s.`,
    switchOver:
      `The pod is stopped within ${grace} s, the volume detached and attached to the other node; nothing is lost. Until the new pod ` +
      "answers, clients are refused.",
    ...whenNodeFails(policy),
  };
}

/** What a gateway that asks for resources needs besides: see `capacityWarnings`. */
const room =
  "A node has to have room for the pod, which is Pending until one has; by its priority it gets there before others.";

function whenNodeFails(
  policy: FailoverPolicy,
): Pick<FailoverExplanation, "nodeFailure" | "partition" | "nodeReturn" | "evidence"> {
  switch (policy.onNodeFailure) {
    case OnNodeFailure.Wait:
      return {
        nodeFailure:
          "Nothing moves: the pod tolerates a silent node without limit, so it is never marked as terminating, and neither Kubernetes " +
          "nor Longhorn's pod deletion policy, whoever set it, acts on it. The store is away until the node returns or an operator " +
          "vouches that it is off.",
        partition: "The gateway goes on serving clients on its side. Nobody else writes, and nothing is lost.",
        nodeReturn: "The same pod serves again.",
        evidence: "the operator who sets the out-of-service taint",
      };
    case OnNodeFailure.AssumeDead:
      return {
        nodeFailure:
          `${policy.tolerationSeconds ?? 0} s after the node was found not ready, the pod is marked as terminating. Longhorn deletes its ` +
          `attachment, and the pod after its grace period; the volume is attached to another node from the other replicas. ${room}`,
        partition:
          "The same happens while the cut-off gateway goes on acknowledging writes of the clients on its side, on the replica of its " +
          "node. These writes are lost.",
        nodeReturn: "Longhorn discards what the node wrote alone, and rebuilds its replica. The old pod is gone.",
        evidence: "nobody",
      };
    case OnNodeFailure.Fence: {
      const [least, most] = policy.fencedAfterSeconds ?? [];
      const when =
        least === undefined || most === undefined ? "" : `, ${least} to ${most} s after the node was found not ready`;
      const again = policy.tries === undefined ? "" : ` ${repeated(policy.tries)}`;
      return {
        nodeFailure:
          `Nothing moves until the remediator has its proof${when}. It then sets the out-of-service taint, Kubernetes deletes the pod and ` +
          `detaches the volume at once, and another node takes over. ${room}${again}`,
        partition:
          "The cut-off node is switched off or restarts itself before anything moves: what it had acknowledged until then, on its replica " +
          "alone, is lost, and nothing after it.",
        nodeReturn:
          "Before the proof, the same pod serves again. After it, the old pod is gone, and the remediator takes the taint back when the node is " +
          "healthy.",
        evidence: "the remediator",
      };
    }
  }
}

function repeated({ count, endAfterSeconds }: Required<FailoverPolicy>["tries"]): string {
  const given =
    count === 1 ? "There is one try" : `A try of the fence agent that fails is repeated, up to ${count} tries in all`;
  return `${given}; ${endAfterSeconds} s after the node was found not ready nobody tries any more, and an operator has to act.`;
}
