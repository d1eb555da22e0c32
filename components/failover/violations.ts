import { PodDeletionPolicy } from "../longhorn/pod-deletion-policy";
import { fencingReferenceViolations, Remediator } from "../fencing";
import { checkOptional, integer, oneOf, trueOrFalse } from "../validation/rules";
import { within, type Fix, type Violation } from "../validation/violations";
import { OnNodeFailure, type FailoverArgs } from "./args";
import { FailoverSpeed } from "./speed";

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
  if (!isDecision(failover)) {
    const given: Partial<FailoverArgs> = failover ?? {};
    return [noDecision(given.onNodeFailure), ...typeViolations(given)];
  }
  switch (failover.onNodeFailure) {
    case OnNodeFailure.Wait:
      return [...typeViolations(failover), ...idleInputs(failover, waits)];
    case OnNodeFailure.AssumeDead:
      return [
        ...typeViolations(failover),
        ...consent(failover),
        ...idleFencing(failover),
        ...(longhorn ? longhornThatActs(longhorn) : []),
      ];
    case OnNodeFailure.Fence:
      return [...typeViolations(failover), ...idleInputs(failover, fences), ...fencing(failover)];
  }
}

function isDecision(failover: FailoverArgs | undefined): failover is FailoverArgs {
  return Object.values(OnNodeFailure).some((decision) => decision === failover?.onNodeFailure);
}

function typeViolations(failover: Partial<FailoverArgs>): Violation[] {
  const {
    acceptDataLossIfNodeIsAlive,
    speed,
    tolerationSeconds,
    terminationGracePeriodSeconds,
    livenessFailureSeconds,
  } = failover;
  return within("failover", [
    ...checkOptional("acceptDataLossIfNodeIsAlive", acceptDataLossIfNodeIsAlive, trueOrFalse),
    ...checkOptional("speed", speed, oneOf(FailoverSpeed, FailoverSpeed.Balanced)),
    ...checkOptional("tolerationSeconds", tolerationSeconds, integer(0, 3600, "seconds", 30)),
    ...checkOptional("terminationGracePeriodSeconds", terminationGracePeriodSeconds, integer(1, 600, "seconds", 10)),
    ...checkOptional("livenessFailureSeconds", livenessFailureSeconds, integer(10, 3600, "seconds", 60)),
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
      '"Wait", "AssumeDead" or "Fence"; there is no default, since only the owner of the data can decide what becomes of it when a ' +
      "node falls silent",
    fixes: [wait, assumeDead, fence],
  };
}

const fence: Fix = {
  field: "failover.onNodeFailure",
  value: OnNodeFailure.Fence,
  note: "another node takes over when a remediator has proven that the silent one is off; needs failover.fencing",
};

const waits = 'nothing with onNodeFailure "Wait": the gateway stays with its node without limit, and nothing is lost';
const fences = 'nothing with onNodeFailure "Fence": the gateway stays with its node until that is proven to be off';

/** `Fence` has to know who proves it. */
function fencing({ fencing: reference }: FailoverArgs): Violation[] {
  const field = "failover.fencing";
  if (reference !== undefined) return fencingReferenceViolations(field, reference);
  const value = { remediator: Remediator.SelfNodeRemediation, unhealthySeconds: 60 };
  const note = "as the NodeHealthCheck in the cluster has it, or the property reference of a NodeFencing";
  return [
    {
      ...{ field, got: undefined },
      allowed: 'who proves that a node is off, with onNodeFailure "Fence", since nothing moves without that proof',
      fixes: [{ field, value, note }, wait],
    },
  ];
}

function idleFencing({ fencing: reference }: FailoverArgs): Violation[] {
  const allowed = 'nothing with onNodeFailure "AssumeDead", which waits for no proof';
  if (reference === undefined) return [];
  return [{ field: "failover.fencing", got: reference, allowed, fixes: [{ field: "failover.fencing" }, fence] }];
}

/** Inputs of another decision that this one would silently ignore. */
function idleInputs(failover: FailoverArgs, allowed: string): Violation[] {
  const { acceptDataLossIfNodeIsAlive, tolerationSeconds, onNodeFailure, fencing: reference } = failover;
  const idle = (field: string, got: unknown, instead = assumeDead): Violation => ({
    ...{ field, got, allowed },
    fixes: [{ field }, instead],
  });
  return [
    ...(acceptDataLossIfNodeIsAlive === true ? [idle("failover.acceptDataLossIfNodeIsAlive", true)] : []),
    ...(tolerationSeconds === undefined ? [] : [idle("failover.tolerationSeconds", tolerationSeconds)]),
    ...(reference === undefined || onNodeFailure === OnNodeFailure.Fence
      ? []
      : [idle("failover.fencing", reference, fence)]),
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
