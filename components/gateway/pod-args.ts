import { nodeTaints, notReadyTaints } from "../taints";
import { TaintEffect, tolerationViolations, type TolerationArgs } from "../tolerations";
import { groupViolations } from "../validation/groups";
import { dnsSubdomain, labelKey, labelValue } from "../validation/kubernetes-names";
import { entryViolations } from "../validation/maps";
import { checkOptional } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { affinityViolations } from "./affinity";
import type { AffinityArgs } from "./affinity-args";
import { envViolations } from "./env";
import { resourcesViolations, type ResourceRequirementsArgs } from "./resources";

/** The gateway's pod. A change restarts it. */
export interface PodArgs {
  /**
   * Requests and limits of the container. No figures of s3gw's needs have been published.
   * @default none: the pod is among the first that a node short of memory evicts
   */
  resources?: ResourceRequirementsArgs;
  /**
   * Labels of the nodes that the pod may run on. At least two nodes should have them, or no other node can take over.
   * @default { "kubernetes.io/arch": "amd64" }, which is added to others: s3gw's images are for nothing else
   */
  nodeSelector?: { [key: string]: string };
  /** Affinity of the pod. */
  affinity?: AffinityArgs;
  /** Tolerations of the pod. Those for unreachable nodes are set by `failover`. */
  tolerations?: TolerationArgs[];
  /**
   * Name of the PriorityClass, by which the scheduler evicts other pods from a full node. Without it, a gateway with `resources` may
   * find no room when it has to move. Longhorn 1.6.0 and later create `longhorn-critical`.
   * @default the cluster's
   */
  priorityClassName?: string;
  /** Further environment variables. Not for secrets: everyone who can read pods can read them. */
  env?: { [key: string]: string };
}

/** Returns what is wrong with the input `pod`. */
export function podViolations(pod: PodArgs | undefined): Violation[] {
  return groupViolations("pod", pod, (given) => [
    ...resourcesViolations(given.resources),
    ...entryViolations("nodeSelector", given.nodeSelector, { form: labelKey("kubernetes.io/os") }, () =>
      labelValue("storage"),
    ),
    ...affinityViolations(given.affinity),
    ...tolerationViolations("tolerations", given.tolerations),
    ...decidedTolerations(given.tolerations),
    ...checkOptional("priorityClassName", given.priorityClassName, dnsSubdomain("longhorn-critical")),
    ...envViolations(given.env),
  ]);
}

/** Taints about which `failover.onNodeFailure` decides. A pod that tolerated the last would stay on the powered-off node forever. */
const decidedTaints: readonly string[] = [...notReadyTaints, nodeTaints.outOfService];

/** Refuses a second toleration of an unreachable or powered-off node, which would be a second decision about it. */
function decidedTolerations(tolerations: readonly TolerationArgs[] | undefined): Violation[] {
  if (!Array.isArray(tolerations)) return [];
  return (tolerations as readonly TolerationArgs[]).flatMap((toleration, index) => {
    const { key, operator, effect } = toleration;
    const everyKey = key === undefined && operator === "Exists";
    const evicts = effect === undefined || effect === TaintEffect.NoExecute;
    if (!evicts || !(everyKey || decidedTaints.includes(String(key)))) return [];
    const field = `tolerations[${index}]`;
    const allowed =
      "no toleration of silent or dead nodes, whose effect is NoExecute: failover.onNodeFailure decides about them";
    const fixes = [{ field }, { field: `${field}.effect`, value: TaintEffect.NoSchedule }];
    return [{ field, got: toleration, allowed, fixes }];
  });
}
