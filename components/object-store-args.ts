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
   * Installs Longhorn; a cluster can have only one. Its `deletionProtection` defaults to the store's if `allowUninstall` is
   * true, and to true otherwise.
   */
  longhorn?: LonghornArgs;
  /** Uses an existing Longhorn: either its description, or the property `reference` of a `Longhorn` in the same program. */
  existingLonghorn?: LonghornReference;
  /** Failover decision: the behavior of the store when the node of its gateway becomes unreachable. */
  failover: FailoverArgs;
  /**
   * Properties of the cluster, used for `predictedRecovery` and for warnings about the failover decision. They do not affect
   * any object.
   */
  prediction?: PredictionArgs;
  /**
   * Namespace of the store's objects. A new store cannot be in `default`, in `kube-*` or in Longhorn's namespace.
   * @default the Service's name
   * @example "photos"
   */
  namespace?: string;
  /**
   * Creates the namespace. It remains when the store is destroyed, together with the Secret that contains the keys.
   * @default true
   */
  createNamespace?: boolean;
}

/** `ObjectStoreArgs` with all defaults, and with the failover decision applied. */
export interface ResolvedObjectStoreArgs {
  /** Longhorn to install; undefined with `existingLonghorn`. */
  readonly longhorn?: LonghornArgs;
  readonly reference: LonghornReference;
  /** Namespace to create; undefined if it exists. */
  readonly newNamespace?: string;
  readonly gateway: S3GatewayArgs;
  readonly predictedRecovery: PredictedRecovery;
  /** Warnings about valid arguments. */
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

/** Returns the violations of the arguments of an `ObjectStore`, including those of its parts. */
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
    // The backup target of an existing Longhorn may be unknown: the gateway warns about it.
    ...(longhorn !== undefined && longhorn.backup === undefined
      ? backupTaskViolations(args.volume, "longhorn.backup.target", "nfs://backups.example.com:/longhorn")
      : []),
    ...singlePodModeViolations(args),
    ...placementViolations(args),
    ...checkOptional("createNamespace", args.createNamespace, trueOrFalse),
  ];
}

/** Refuses a node selector that allows only nodes without Longhorn: the volume cannot be attached there. */
function placementViolations({ longhorn, pod }: ObjectStoreArgs): Violation[] {
  const chosen = pod?.nodeSelector ?? {};
  return Object.entries(longhorn?.placement?.nodeSelector ?? {}).flatMap(([key, value]) => {
    if (!Object.hasOwn(chosen, key) || chosen[key] === value) return [];
    const field = entryOf("pod.nodeSelector", key);
    const allowed = `${JSON.stringify(value)}, as in longhorn.placement.nodeSelector: a volume can be attached only to a node that runs Longhorn`;
    return [{ field, got: chosen[key], allowed, fixes: [{ field, value }] }];
  });
}

/** Warns about a gateway that can be scheduled to a node without Longhorn, where it would wait for its volume forever. */
function placementWarnings({ longhorn, pod }: ObjectStoreArgs): string[] {
  const missing = Object.entries(longhorn?.placement?.nodeSelector ?? {}).filter(
    ([key]) => !Object.hasOwn(pod?.nodeSelector ?? {}, key),
  );
  if (missing.length === 0 || pod?.affinity?.nodeAffinity !== undefined) return [];
  const labels = missing.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(", ");
  return [
    "the gateway can be scheduled to nodes without Longhorn (longhorn.placement), where its volume cannot be attached. Set " +
      `pod.nodeSelector to { ${labels} } as well; this restarts the gateway`,
  ];
}

/** Refuses `ReadWriteOncePod` on a Longhorn that does not support it: the claim would stay Pending. */
function singlePodModeViolations({ volume, longhorn, existingLonghorn }: ObjectStoreArgs): Violation[] {
  const version = (existingLonghorn ?? longhornDefaults(longhorn ?? {})).version as string | undefined;
  // Both can be missing in a program without types. An invalid version has its own violation.
  const accessMode = (volume as Partial<ObjectStoreArgs>["volume"])?.accessMode;
  if (accessMode !== AccessMode.ReadWriteOncePod || version === undefined || !isVersion(version)) return [];
  if (accessModeFor(version) === accessMode) return [];
  const field = "volume.accessMode";
  const allowed = `"ReadWriteOnce" on Longhorn ${version}: "ReadWriteOncePod" requires Longhorn 1.11.0 or later`;
  return [{ field, got: accessMode, allowed, fixes: [{ field, value: AccessMode.ReadWriteOnce }] }];
}

/**
 * Returns the arguments with all defaults and decisions.
 *
 * @throws InvalidArgsError with all violations
 */
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

/**
 * Returns the deletion protection of the store's Longhorn. It stays protected if it cannot be uninstalled: its uninstaller
 * would fail after the store has been deleted.
 */
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

/** Returns the store's Longhorn for the checks of the failover decision; undefined if no Longhorn is given. */
function longhornInUse({ longhorn, existingLonghorn }: ObjectStoreArgs): LonghornInUse | undefined {
  if (existingLonghorn !== undefined) return { ...existingLonghorn, field: "existingLonghorn" };
  return longhorn && { ...longhorn, field: "longhorn" };
}

/** Checks that exactly one of `longhorn` and `existingLonghorn` is set. */
export function longhornChoice(args: Partial<ObjectStoreArgs>): Violation[] {
  const { longhorn, existingLonghorn, failover } = args;
  if ((longhorn === undefined) !== (existingLonghorn === undefined)) return [];
  const allowed = "either longhorn, to install it, or existingLonghorn, to use an existing one";
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
