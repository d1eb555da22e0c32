import { AccessMode } from "./access-mode";
import {
  accessModeFor,
  failoverPolicy,
  failoverViolations,
  failoverWarnings,
  policyFor,
  predictedRecovery,
  predictionViolations,
  type FailoverArgs,
  type LonghornInUse,
  type PredictedRecovery,
  type PredictionArgs,
} from "./failover";
import { backupTaskViolations, sharedViolations, type S3GatewayArgs, type SharedArgs } from "./gateway";
import { systemNamespaceWarnings } from "./gateway/system-namespace";
import { objectStoreSchema } from "./input-schemas.generated";
import { inputViolations, type InputRules } from "./input-violations";
import {
  isVersion,
  longhornDefaults,
  longhornNamespace,
  longhornViolations,
  referenceTo,
  referenceViolations,
  replicasOf,
  type LonghornArgs,
  type LonghornReference,
} from "./longhorn";
import { renames } from "./renames";
import { entryOf } from "./validation/maps";
import { checkOptional, trueOrFalse } from "./validation/rules";
import { refuse, within, type Violation } from "./validation/violations";

/** Arguments of `ObjectStore`. Either `longhorn` or `existingLonghorn` is required. */
export interface ObjectStoreArgs extends SharedArgs {
  /**
   * Installs Longhorn; a cluster can have only one. With `allowUninstall`, its `deletionProtection` defaults to that of the store;
   * without, to true.
   */
  longhorn?: LonghornArgs;
  /** Uses an existing Longhorn: its description, or the property `reference` of a `Longhorn` in the same program. */
  existingLonghorn?: LonghornReference;
  /** Failover decision: what happens to the store when the node of its gateway becomes unreachable. */
  failover: FailoverArgs;
  /** Properties of the cluster, for `predictedRecovery` and for warnings about the failover decision. No pod depends on them. */
  prediction?: PredictionArgs;
  /**
   * Namespace of the store's objects. A new store is refused in `default`, in `kube-*` and in Longhorn's namespace.
   * @default the Service's name
   * @example "photos"
   */
  namespace?: string;
  /**
   * Creates the namespace. It is kept when the store is destroyed, because the Secret with the keys is kept in it.
   * @default true
   */
  createNamespace?: boolean;
}

/** `ObjectStoreArgs` with all defaults, and the failover decision carried out. */
export interface ResolvedObjectStoreArgs {
  /** The Longhorn to install; undefined where there is one. */
  readonly longhorn?: LonghornArgs;
  readonly reference: LonghornReference;
  /** Name of the namespace to make; undefined where there is one. */
  readonly newNamespace?: string;
  readonly gateway: S3GatewayArgs;
  readonly predictedRecovery: PredictedRecovery;
  /** What is to be said of the failover decision. */
  readonly warnings: readonly string[];
  readonly deletionProtection: boolean;
}

const inputRules: InputRules = {
  renames: renames.store,
  schema: objectStoreSchema,
  examples: {
    longhorn: {},
    volume: { size: "10Gi" },
    failover: { onNodeFailure: "Wait" },
    "failover.fencing": { remediator: "SelfNodeRemediation", unhealthySeconds: 60 },
  },
};

/** Returns what is wrong with the arguments of an `ObjectStore`, those of its parts included. */
export function objectStoreViolations(name: string, args: ObjectStoreArgs): Violation[] {
  return inputViolations(args, inputRules, (inputs) => violationsOf(name, inputs));
}

function violationsOf(name: string, args: ObjectStoreArgs): Violation[] {
  const { longhorn, existingLonghorn } = args;
  return [
    ...longhornChoice(args),
    ...within("longhorn", longhorn === undefined ? [] : longhornViolations(longhorn)),
    ...within("existingLonghorn", existingLonghorn === undefined ? [] : referenceViolations(existingLonghorn)),
    ...failoverViolations(args.failover, longhornInUse(args)),
    ...predictionViolations(args.prediction),
    ...sharedViolations(name, namespaceOf(name, args), args),
    // On a Longhorn that is there already, a missing target is not known: the gateway warns.
    ...(longhorn !== undefined && longhorn.backup === undefined
      ? backupTaskViolations(args.volume, "longhorn.backup.target", "nfs://backups.example.com:/longhorn")
      : []),
    ...singlePodModeViolations(args),
    ...placementViolations(args),
    ...checkOptional("createNamespace", args.createNamespace, trueOrFalse),
  ];
}

/** Refuses a node selector by which the gateway can only run where Longhorn does not: its volume is not attached there. */
function placementViolations({ longhorn, pod }: ObjectStoreArgs): Violation[] {
  const chosen = pod?.nodeSelector ?? {};
  return Object.entries(longhorn?.placement?.nodeSelector ?? {}).flatMap(([key, value]) => {
    if (!Object.hasOwn(chosen, key) || chosen[key] === value) return [];
    const field = entryOf("pod.nodeSelector", key);
    const allowed = `${JSON.stringify(value)}, as in longhorn.placement.nodeSelector: volumes are attached only on nodes that Longhorn runs on`;
    return [{ field, got: chosen[key], allowed, fixes: [{ field, value }] }];
  });
}

/** Returns the warning about a gateway that may be scheduled to a node without Longhorn, where it waits for its volume without end. */
function placementWarnings({ longhorn, pod }: ObjectStoreArgs): string[] {
  const missing = Object.entries(longhorn?.placement?.nodeSelector ?? {}).filter(
    ([key]) => !Object.hasOwn(pod?.nodeSelector ?? {}, key),
  );
  if (missing.length === 0 || pod?.affinity?.nodeAffinity !== undefined) return [];
  const labels = missing.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(", ");
  return [
    "longhorn.placement keeps Longhorn off nodes that the gateway may be scheduled to, and its volume is not attached there: set " +
      `pod.nodeSelector to { ${labels} } as well, which restarts the gateway`,
  ];
}

/** A claim for a single pod stays Pending on a Longhorn that does not know that mode. */
function singlePodModeViolations({ volume, longhorn, existingLonghorn }: ObjectStoreArgs): Violation[] {
  const version = (existingLonghorn ?? longhornDefaults(longhorn ?? {})).version as string | undefined;
  // A program without types can leave both out; a version that is none has been refused.
  const accessMode = (volume as Partial<ObjectStoreArgs>["volume"])?.accessMode;
  if (accessMode !== AccessMode.ReadWriteOncePod || version === undefined || !isVersion(version)) return [];
  if (accessModeFor(version) === accessMode) return [];
  const field = "volume.accessMode";
  const allowed = `"ReadWriteOnce" on Longhorn ${version}: from 1.11.0 on, Longhorn creates volumes for a single pod`;
  return [{ field, got: accessMode, allowed, fixes: [{ field, value: AccessMode.ReadWriteOnce }] }];
}

/** The args with all defaults and decisions; throws every violation at once. */
export function resolveObjectStoreArgs(name: string, args: ObjectStoreArgs): ResolvedObjectStoreArgs {
  refuse(`ObjectStore "${name}"`, objectStoreViolations(name, args));
  const { longhorn, existingLonghorn, failover, prediction, createNamespace = true, namespace: _, ...shared } = args;
  const { deletionProtection = true, pod } = shared;
  const reference = existingLonghorn ?? referenceTo(longhornDefaults(longhorn ?? {}));
  const decided = failoverPolicy(failover, reference.version, prediction?.nodes);
  const replicas = args.volume.existing === undefined ? replicasOf(reference) : undefined;
  const policy = { ...decided, accessMode: args.volume.accessMode ?? decided.accessMode, replicas };
  const namespace = namespaceOf(name, args);
  return Object.freeze({
    longhorn: longhorn && { ...longhorn, deletionProtection: longhornProtection(longhorn, deletionProtection) },
    reference,
    newNamespace: createNamespace ? namespace : undefined,
    predictedRecovery: predictedRecovery(policy, reference.podDeletionPolicy, prediction),
    warnings: [
      ...failoverWarnings(failover, reference.version, { prediction, pod, replicas }),
      ...systemNamespaceWarnings(namespace, reference.namespace ?? longhornNamespace),
      ...placementWarnings(args),
    ],
    deletionProtection,
    gateway: {
      ...shared,
      namespace,
      service: { ...shared.service, name: serviceNameOf(name, args) },
      volume: {
        ...args.volume,
        storageClassName: reference.storageClassName,
        storageClassParameters: reference.storageClassParameters,
        longhornNamespace: reference.namespace,
        hasBackupTarget: reference.backupTarget === undefined ? undefined : true,
        accessMode: policy.accessMode,
      },
      pod: { ...pod, tolerations: [...(pod?.tolerations ?? []), ...policy.tolerations] },
      tolerationSeconds: policy.tolerationSeconds,
      terminationGracePeriodSeconds: policy.terminationGracePeriodSeconds,
      livenessFailureSeconds: policy.livenessFailureSeconds,
      deletionProtection,
    },
  });
}

/** A Longhorn that may not be uninstalled stays protected: its uninstaller would refuse when the store is gone already. */
function longhornProtection({ deletionProtection, allowUninstall = false }: LonghornArgs, ofStore: boolean): boolean {
  return deletionProtection ?? (ofStore || !allowUninstall);
}

/** Returns the name of a store's Service. */
export function serviceNameOf(name: string, { service }: Pick<ObjectStoreArgs, "service">): string {
  return service?.name ?? name;
}

/** Returns the namespace of a store's objects. */
export function namespaceOf(name: string, args: Pick<ObjectStoreArgs, "namespace" | "service">): string {
  return args.namespace ?? serviceNameOf(name, args);
}

/** What the failover decision has to get on with; undefined as long as it is open which Longhorn it is. */
function longhornInUse({ longhorn, existingLonghorn }: ObjectStoreArgs): LonghornInUse | undefined {
  if (existingLonghorn !== undefined) return { ...existingLonghorn, field: "existingLonghorn" };
  return longhorn && { ...longhorn, field: "longhorn" };
}

/** A store is on one Longhorn. */
export function longhornChoice(args: Partial<ObjectStoreArgs>): Violation[] {
  const { longhorn, existingLonghorn, failover } = args;
  if ((longhorn === undefined) !== (existingLonghorn === undefined)) return [];
  const allowed = "either longhorn, to install it, or existingLonghorn, to use one that is there";
  if (existingLonghorn !== undefined) {
    const fixes = [{ field: "existingLonghorn" }, { field: "longhorn" }];
    return [{ field: "existingLonghorn", got: existingLonghorn, allowed, fixes }];
  }
  const podDeletionPolicy = policyFor(failover);
  const described = { version: "1.12.1", storageClassName: "longhorn-s3", podDeletionPolicy };
  const fixes = [
    { field: "longhorn", value: { podDeletionPolicy } },
    { field: "existingLonghorn", value: described },
  ];
  return [{ field: "longhorn", got: undefined, allowed, fixes }];
}
