import { taintsBeforeProof } from "../fencing/remediator";
import { nodeTaints, notReadyTaints, outOfServiceTaint, tolerates, type Taint, type Toleration } from "../taints";
import type { TolerationArgs } from "../tolerations";
import { OnNodeFailure } from "./args";

/** Failover decision, as encoded in a pod. */
export interface PodFailover {
  onNodeFailure: OnNodeFailure;
  /** With `AssumeDead`: seconds from an unreachable node to the eviction of its pods. */
  tolerationSeconds?: number;
  /** Seconds between SIGTERM and SIGKILL. */
  terminationGracePeriodSeconds: number;
}

/** Spec of a pod or a pod template, limited to the fields that encode the failover decision. */
export interface FailoverPodSpec {
  tolerations?: readonly Toleration[];
  terminationGracePeriodSeconds?: number;
}

/** Returns the tolerations of a node that is not ready: for `tolerationSeconds`, or without limit if undefined. */
export function notReadyTolerations(tolerationSeconds: number | undefined): TolerationArgs[] {
  const limit = tolerationSeconds === undefined ? {} : { tolerationSeconds };
  return notReadyTaints.map((key) => ({ key, operator: "Exists", effect: "NoExecute", ...limit }));
}

/**
 * Returns the other tolerations that a decision needs. With `Fence`, the pod tolerates without limit the taints that
 * remediators set before the node is powered off. It does not tolerate the out-of-service taint, which evicts it.
 */
export function fencingTolerations(onNodeFailure: OnNodeFailure): TolerationArgs[] {
  if (onNodeFailure !== OnNodeFailure.Fence) return [];
  return taintsBeforeProof.map((key) => ({ key, operator: "Exists", effect: "NoExecute" }));
}

/**
 * Returns the failover decision of a pod or a pod template of any origin, as Kubernetes applies it.
 *
 * Only the tolerations of `unreachable` count, the taint of a node that failed without notice. The kubelet of a `not-ready`
 * node still reports.
 *
 * A pod template without such a toleration means `AssumeDead` after 300 s, not `Wait`. The DefaultTolerationSeconds admission
 * controller adds that toleration to each pod, but neither to a Deployment nor to a Pulumi state. After 300 s the pod is
 * terminating, and `Wait` promises that it never is: Longhorn's pod deletion policy acts on terminating pods only, is
 * cluster-wide, and may be changed by another team at any time. With `do-nothing` the terminating pod stays and the store does
 * not recover. That is an `AssumeDead` without the required policy, not a `Wait`. The pod alone therefore gives the decision,
 * and `actsOnDeployments` reports whether Longhorn completes it.
 *
 * A pod that tolerates `unreachable` for a limited time is not `Fence`, regardless of its other tolerations: its eviction does
 * not wait for a remediator. Neither is a pod that tolerates the out-of-service taint, by which a remediator evicts it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#defaulttolerationseconds
 */
export function policyOfPod({ tolerations = [], terminationGracePeriodSeconds = 30 }: FailoverPodSpec): PodFailover {
  const tolerationSeconds = secondsOnUnreachableNode(tolerations);
  if (tolerationSeconds !== undefined) {
    return { onNodeFailure: OnNodeFailure.AssumeDead, tolerationSeconds, terminationGracePeriodSeconds };
  }
  const onNodeFailure = waitsForFencing(tolerations) ? OnNodeFailure.Fence : OnNodeFailure.Wait;
  return { onNodeFailure, terminationGracePeriodSeconds };
}

const unreachable = { key: nodeTaints.unreachable, effect: "NoExecute" } as const satisfies Taint;

/** Default of the API server's `--default-unreachable-toleration-seconds`. */
const defaultTolerationSeconds = 300;

/** Returns the seconds that a pod stays on an unreachable node; undefined without limit. */
function secondsOnUnreachableNode(tolerations: readonly Toleration[]): number | undefined {
  // The admission controller compares only key and effect: it adds nothing to a toleration with another value.
  const isDefaulted = !tolerations.some(
    ({ key = "", effect = "" }) => ["", unreachable.key].includes(key) && ["", unreachable.effect].includes(effect),
  );
  return isDefaulted ? defaultTolerationSeconds : secondsTolerated(tolerations, unreachable);
}

/** Returns the seconds of the first matching toleration, which Kubernetes uses; undefined without limit. */
function secondsTolerated(tolerations: readonly Toleration[], taint: Taint): number | undefined {
  const used = tolerations.find((toleration) => tolerates(toleration, taint));
  if (used === undefined) return 0;
  return used.tolerationSeconds === undefined ? undefined : Math.max(0, used.tolerationSeconds);
}

function waitsForFencing(tolerations: readonly Toleration[]): boolean {
  const toleratesAgents = taintsBeforeProof.every(
    (key) => secondsTolerated(tolerations, { key, effect: "NoExecute" }) === undefined,
  );
  return toleratesAgents && !tolerations.some((toleration) => tolerates(toleration, outOfServiceTaint));
}
