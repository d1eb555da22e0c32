import { PodDeletionPolicy } from "../longhorn/pod-deletion-policy";
import { checkOptional, integer, trueOrFalse } from "../rules";
import { within, type Fix, type Violation } from "../violations";
import { OnNodeFailure, type FailoverArgs } from "./args";

/** What a store's Longhorn does with the pods of dead nodes. */
export interface LonghornInUse {
  /** The input that describes it: `longhorn` or `existingLonghorn`. */
  field: string;
  podDeletionPolicy?: PodDeletionPolicy;
}

/**
 * Everything that is wrong with a failover decision.
 *
 * @param longhorn the Longhorn below; undefined as long as it is open which one that is
 */
export function failoverViolations(failover: FailoverArgs | undefined, longhorn?: LonghornInUse): Violation[] {
  if (failover?.onNodeFailure === OnNodeFailure.Wait) return [...typeViolations(failover), ...idleInputs(failover)];
  if (failover?.onNodeFailure !== OnNodeFailure.AssumeDead) return [noDecision(failover?.onNodeFailure)];
  return [...typeViolations(failover), ...consent(failover), ...(longhorn ? longhornThatActs(longhorn) : [])];
}

/** The smallest pod deletion policy that a decision can do with. */
export function policyFor(failover: FailoverArgs | undefined): PodDeletionPolicy {
  const acts = failover?.onNodeFailure === OnNodeFailure.AssumeDead;
  return acts ? PodDeletionPolicy.DeleteDeploymentPod : PodDeletionPolicy.DoNothing;
}

function typeViolations({ acceptDataLossIfNodeIsAlive, tolerationSeconds }: FailoverArgs): Violation[] {
  return within("failover", [
    ...checkOptional("acceptDataLossIfNodeIsAlive", acceptDataLossIfNodeIsAlive, trueOrFalse),
    ...checkOptional("tolerationSeconds", tolerationSeconds, integer(0, 3600, "seconds", 30)),
  ]);
}

const wait: Fix = {
  field: "failover.onNodeFailure",
  value: OnNodeFailure.Wait,
  note: "nothing moves until the node returns or an operator acts",
};

const assumeDead: Fix = {
  field: "failover.onNodeFailure",
  value: OnNodeFailure.AssumeDead,
  note: "another node takes over; what the silent node went on writing is lost if it was alive",
};

function noDecision(got: unknown): Violation {
  return {
    field: "failover.onNodeFailure",
    got,
    allowed:
      '"Wait" or "AssumeDead"; there is no default, since only the owner of the data can decide what becomes of it when a node ' +
      "falls silent",
    fixes: [wait, assumeDead],
  };
}

/** Inputs of `AssumeDead` that `Wait` would silently ignore. */
function idleInputs({ acceptDataLossIfNodeIsAlive, tolerationSeconds }: FailoverArgs): Violation[] {
  const idle = (field: string, got: unknown): Violation => ({
    field,
    got,
    allowed: 'nothing with onNodeFailure "Wait": the gateway stays with its node without limit, and nothing is lost',
    fixes: [{ field }, assumeDead],
  });
  return [
    ...(acceptDataLossIfNodeIsAlive === true ? [idle("failover.acceptDataLossIfNodeIsAlive", true)] : []),
    ...(tolerationSeconds === undefined ? [] : [idle("failover.tolerationSeconds", tolerationSeconds)]),
  ];
}

function consent({ acceptDataLossIfNodeIsAlive: accepted }: FailoverArgs): Violation[] {
  // What is no truth value has been refused as such.
  if (accepted !== undefined && accepted !== false) return [];
  const field = "failover.acceptDataLossIfNodeIsAlive";
  return [
    {
      field,
      got: accepted,
      allowed:
        'true with onNodeFailure "AssumeDead", since nobody proves that the silent node is dead: one that is only cut off goes ' +
        "on acknowledging writes, and Longhorn discards them when it returns",
      fixes: [{ field, value: true }, wait],
    },
  ];
}

function longhornThatActs({ field, podDeletionPolicy }: LonghornInUse): Violation[] {
  const { DoNothing, DeleteStatefulSetPod, DeleteDeploymentPod, DeleteBothStatefulSetAndDeploymentPod } =
    PodDeletionPolicy;
  // What is no policy at all has been refused where Longhorn is described.
  const idle: readonly unknown[] = [undefined, DoNothing, DeleteStatefulSetPod];
  if (!idle.includes(podDeletionPolicy)) return [];
  const policyField = `${field}.podDeletionPolicy`;
  const allTeams = "it acts on the pods of all teams that use a Longhorn volume";
  const first = "its setting node-down-pod-deletion-policy has to be changed first";
  return [
    {
      field: policyField,
      got: podDeletionPolicy,
      allowed:
        `"${DeleteDeploymentPod}" or "${DeleteBothStatefulSetAndDeploymentPod}" with onNodeFailure "AssumeDead", since ` +
        "otherwise nobody removes the dead node's pod and its attachment, and the gateway never starts on another node",
      fixes: [
        {
          field: policyField,
          value: DeleteDeploymentPod,
          note: field === "existingLonghorn" ? `${first}; ${allTeams}` : allTeams,
        },
        wait,
      ],
    },
  ];
}
