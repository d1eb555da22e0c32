import { nodeTaints, notReadyTaints } from "../taints";
import { TaintEffect, tolerationViolations, type TolerationArgs } from "../tolerations";
import { groupViolations } from "../validation/groups";
import { dnsSubdomain, labelKey, labelValue } from "../validation/kubernetes-names";
import { entryViolations } from "../validation/maps";
import { checkOptional } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { affinityViolations } from "./affinity";
import type { AffinityArgs } from "./affinity-args";
import { architectureViolations } from "./architecture";
import { envViolations } from "./env";
import { resourcesViolations, type ResourceRequirementsArgs } from "./resources";

/** Pod of the gateway. A change restarts it. */
export interface PodArgs {
  /**
   * Resource requests and limits of the container. s3gw has no published requirements.
   * @default none: under memory pressure, the node evicts the pod among the first
   */
  resources?: ResourceRequirementsArgs;
  /**
   * Labels that a node must have to run the pod. At least two nodes must have them, or no other node can take over.
   * @default { "kubernetes.io/arch": "amd64" }, which is always added: s3gw's images support no other architecture
   * @example { "example.com/pool": "storage" }
   */
  nodeSelector?: { [key: string]: string };
  /** Scheduling constraints of the pod. */
  affinity?: AffinityArgs;
  /** Tolerations of the pod. Those for unreachable nodes are set by `failover`. */
  tolerations?: TolerationArgs[];
  /**
   * Name of the PriorityClass, which lets the scheduler evict other pods from a full node. Without it, a gateway with
   * `resources` may not find a node during a failover. Longhorn 1.6.0 and later create `longhorn-critical`.
   * @default the cluster's default
   * @example "storage"
   */
  priorityClassName?: string;
  /**
   * Additional environment variables. Values are passed unchanged: `$(NAME)` is not expanded. Do not use them for secrets:
   * every user who can read pods can read them.
   * @example { "TZ": "UTC" }
   */
  env?: { [key: string]: string };
}

/**
 * Returns the violations of the input `pod`.
 *
 * @param image image of the gateway, if set
 */
export function podViolations(pod: PodArgs | undefined, image?: unknown): Violation[] {
  return groupViolations("pod", pod, (given) => [
    ...resourcesViolations(given.resources),
    ...entryViolations("nodeSelector", given.nodeSelector, { form: labelKey("kubernetes.io/os") }, () =>
      labelValue("storage"),
    ),
    ...affinityViolations(given.affinity),
    ...architectureViolations(given, image),
    ...tolerationViolations("tolerations", given.tolerations),
    ...decidedTolerations(given.tolerations),
    ...checkOptional("priorityClassName", given.priorityClassName, dnsSubdomain("longhorn-critical")),
    ...envViolations(given.env),
  ]);
}

/** Taints that `failover.onNodeFailure` handles. A pod that tolerates the last one would stay on a powered-off node forever. */
const decidedTaints: readonly string[] = [...notReadyTaints, nodeTaints.outOfService];

/** Refuses tolerations of an unreachable or powered-off node, which would contradict the failover decision. */
function decidedTolerations(tolerations: readonly TolerationArgs[] | undefined): Violation[] {
  if (!Array.isArray(tolerations)) return [];
  return (tolerations as readonly TolerationArgs[]).flatMap((toleration, index) => {
    const { key, operator, effect } = toleration;
    const everyKey = key === undefined && operator === "Exists";
    const evicts = effect === undefined || effect === TaintEffect.NoExecute;
    if (!evicts || !(everyKey || decidedTaints.includes(String(key)))) return [];
    const field = `tolerations[${index}]`;
    const allowed =
      "no toleration for unreachable or powered-off nodes with the effect NoExecute: failover.onNodeFailure sets these";
    const { tolerationSeconds: _, ...rest } = toleration;
    const fixes = [{ field }, { field, value: { ...rest, effect: TaintEffect.NoSchedule } }];
    return [{ field, got: toleration, allowed, fixes }];
  });
}
