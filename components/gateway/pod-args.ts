import { dnsSubdomain, labelKey, labelValue } from "../validation/kubernetes-names";
import { itemViolations } from "../validation/lists";
import { entryViolations } from "../validation/maps";
import { check, checkOptional, oneOf, trueOrFalse } from "../validation/rules";
import { nodeTaints, notReadyTaints } from "../taints";
import { TaintEffect, tolerationViolations, type TolerationArgs } from "../tolerations";
import type { Violation } from "../validation/violations";
import { affinityViolations } from "./affinity";
import type { AffinityArgs } from "./affinity-args";
import { environmentViolations } from "./environment";
import { LogLevel } from "./log-level";
import { radosgwArgumentViolations } from "./radosgw-arguments";
import { resourcesViolations, type ResourcesArgs } from "./resources";

/** What the gateway's pod is like, and where it may run. A change of any of it starts the gateway anew. */
export interface GatewayPodArgs {
  /**
   * Names of Secrets in the gateway's namespace with which the image is pulled.
   * @example ["registry"]
   */
  imagePullSecrets?: string[];
  /**
   * Keeps the image on every node that could take over, by a DaemonSet `<serviceName>-image` that sleeps in it: without, a
   * failover may wait for the registry. Updates do not wait for it.
   * @default true
   */
  prePullImage?: boolean;
  /**
   * What the container asks for and may use at most. Nobody has published what s3gw needs.
   * @default nothing: the pod is among the first that a node short of memory evicts
   */
  resources?: ResourcesArgs;
  /**
   * Labels of the nodes that it may run on. Two nodes at least should have them, or nothing can take over.
   * @default { "kubernetes.io/arch": "amd64" }, which is added to others: s3gw's images are for nothing else
   * @example { "example.com/pool": "storage" }
   */
  nodeSelector?: { [key: string]: string };
  /** Which nodes it may or should run on, in more words. */
  affinity?: AffinityArgs;
  /** Taints that it puts up with. Not those of silent or dead nodes: the failover decision has these. */
  tolerations?: TolerationArgs[];
  /**
   * Name of its PriorityClass, by which the scheduler evicts other pods where a node is full: without, a gateway with `resources` may
   * find no room when it has to move. `longhorn-critical` is there with Longhorn 1.6.0 or later.
   * @default the cluster's
   * @example "storage"
   */
  priorityClassName?: string;
  /**
   * Further variables of its environment. They are no secrets: whoever may read pods may read them.
   * @example { "TZ": "UTC" }
   */
  environment?: { [key: string]: string };
  /**
   * Further options of radosgw's command line by name, without the leading `--`, as in
   * `{ "rgw-gc-processor-period": "600" }`.
   * @example { "rgw-gc-processor-period": "600" }
   *
   * @see https://docs.ceph.com/en/latest/radosgw/config-ref/
   */
  radosgwArguments?: { [key: string]: string };
  /**
   * How much radosgw writes into its log.
   * @default "low"
   */
  logLevel?: LogLevel;
}

/** Everything that is wrong with the pod. */
export function podViolations(args: GatewayPodArgs): Violation[] {
  return [
    ...itemViolations("imagePullSecrets", args.imagePullSecrets, (place, name) =>
      check(place, name, dnsSubdomain("registry")),
    ),
    ...checkOptional("prePullImage", args.prePullImage, trueOrFalse),
    ...resourcesViolations(args.resources),
    ...entryViolations("nodeSelector", args.nodeSelector, { form: labelKey("kubernetes.io/os") }, () =>
      labelValue("storage"),
    ),
    ...affinityViolations(args.affinity),
    ...tolerationViolations("tolerations", args.tolerations),
    ...decidedTolerations(args.tolerations),
    ...checkOptional("priorityClassName", args.priorityClassName, dnsSubdomain("longhorn-critical")),
    ...environmentViolations(args.environment),
    ...radosgwArgumentViolations(args.radosgwArguments),
    ...checkOptional("logLevel", args.logLevel, oneOf(LogLevel, LogLevel.Low)),
  ];
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
