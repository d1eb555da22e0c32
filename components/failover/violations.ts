import { PodDeletionPolicy } from "../longhorn/pod-deletion-policy";
import { fencingReferenceViolations, Remediator } from "../fencing";
import { checkOptional, integer, oneOf, trueOrFalse } from "../validation/rules";
import { within, type Fix, type Violation } from "../validation/violations";
import { OnNodeFailure, type FailoverArgs } from "./args";
import { FailoverSpeed } from "./speed";

/** Longhorn of a store, as far as the failover decision depends on it. */
export interface LonghornInUse {
  /** Input that describes it: `longhorn` or `existingLonghorn`. */
  field: string;
  podDeletionPolicy?: PodDeletionPolicy;
}

/**
 * Returns the violations of a failover decision.
 *
 * @param longhorn Longhorn of the store; undefined if it is not decided yet
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
  note: "the gateway stays on its node until the node returns or an operator acts",
};

const assumeDead: Fix = {
  field: "failover.onNodeFailure",
  value: OnNodeFailure.AssumeDead,
  note: "another node takes over; if the unreachable node is still running, its writes are lost",
};

function noDecision(got: unknown): Violation {
  return {
    field: "failover.onNodeFailure",
    got,
    allowed:
      '"Wait", "AssumeDead" or "Fence"; there is no default, because only the owner of the data can decide what happens when a node ' +
      "becomes unreachable",
    fixes: [wait, assumeDead, fence],
  };
}

const fence: Fix = {
  field: "failover.onNodeFailure",
  value: OnNodeFailure.Fence,
  note: "another node takes over once a remediator confirms that the node is powered off; requires failover.fencing",
};

const waits =
  'unset with onNodeFailure "Wait": the gateway stays on its node without limit, and no acknowledged write is lost';
const fences =
  'unset with onNodeFailure "Fence": the gateway stays on its node until the node is confirmed to be powered off';

/** Checks that `Fence` has a remediator. */
function fencing({ fencing: reference }: FailoverArgs): Violation[] {
  const field = "failover.fencing";
  if (reference !== undefined) return fencingReferenceViolations(field, reference);
  const value = { remediator: Remediator.SelfNodeRemediation, unhealthySeconds: 60 };
  const note = "as in the NodeHealthCheck of the cluster, or the property reference of a NodeFencing";
  return [
    {
      ...{ field, got: undefined },
      allowed: 'the remediator that powers nodes off; required with onNodeFailure "Fence"',
      fixes: [{ field, value, note }, wait],
    },
  ];
}

function idleFencing({ fencing: reference }: FailoverArgs): Violation[] {
  const allowed = 'unset with onNodeFailure "AssumeDead", which does not wait for fencing';
  if (reference === undefined) return [];
  return [{ field: "failover.fencing", got: reference, allowed, fixes: [{ field: "failover.fencing" }, fence] }];
}

/** Refuses inputs that this decision would ignore. */
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
  // Values of another type have their own violation.
  if (accepted !== undefined && accepted !== false) return [];
  const field = "failover.acceptDataLossIfNodeIsAlive";
  return [
    {
      field,
      got: accepted,
      allowed:
        'true with onNodeFailure "AssumeDead", because nothing confirms that the unreachable node is powered off: an isolated node ' +
        "continues to acknowledge writes, and Longhorn discards them when it returns",
      fixes: [{ field, value: true }, wait],
    },
  ];
}

function longhornThatActs({ field, podDeletionPolicy }: LonghornInUse): Violation[] {
  const { DoNothing, DeleteStatefulSetPod, DeleteDeploymentPod, DeleteBothStatefulSetAndDeploymentPod } =
    PodDeletionPolicy;
  // Invalid policies have their own violation.
  const idle: readonly unknown[] = [undefined, DoNothing, DeleteStatefulSetPod];
  if (!idle.includes(podDeletionPolicy)) return [];
  const policyField = `${field}.podDeletionPolicy`;
  const allTeams = "it acts on the pods of all teams that use a Longhorn volume";
  const first = "change Longhorn's setting node-down-pod-deletion-policy first";
  return [
    {
      field: policyField,
      got: podDeletionPolicy,
      allowed:
        `"${DeleteDeploymentPod}" or "${DeleteBothStatefulSetAndDeploymentPod}" with onNodeFailure "AssumeDead", because otherwise ` +
        "the failed node's pod and its attachment remain, and the gateway never starts on another node",
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
