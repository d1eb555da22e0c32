import {
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
import { backupTaskViolations, gatewayOutputs, sharedViolations, type S3GatewayArgs, type SharedArgs } from "./gateway";
import { inputViolations, type InputRules } from "./input-violations";
import {
  longhornDefaults,
  longhornViolations,
  referenceTo,
  referenceViolations,
  type LonghornArgs,
  type LonghornReference,
} from "./longhorn";
import { renames } from "./renames";
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
  /** Properties of the cluster for `predictedRecovery`, which nothing else depends on. */
  prediction?: PredictionArgs;
  /**
   * Namespace of the store's objects.
   * @default the Service's name
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
  // `longhornViolations` has rules of its own.
  outputs: [...gatewayOutputs, "longhorn.*"],
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
      ? backupTaskViolations(args.volume, "longhorn.backup.target", "s3://backups@eu-central-1/longhorn")
      : []),
    ...checkOptional("createNamespace", args.createNamespace, trueOrFalse),
  ];
}

/** The args with all defaults and decisions; throws every violation at once. */
export function resolveObjectStoreArgs(name: string, args: ObjectStoreArgs): ResolvedObjectStoreArgs {
  refuse(`ObjectStore "${name}"`, objectStoreViolations(name, args));
  const { longhorn, existingLonghorn, failover, prediction, createNamespace = true, namespace: _, ...shared } = args;
  const { deletionProtection = true, pod } = shared;
  const reference = existingLonghorn ?? referenceTo(longhornDefaults(longhorn ?? {}));
  const decided = failoverPolicy(failover, reference.version, prediction?.nodes);
  const policy = { ...decided, accessMode: args.volume.accessMode ?? decided.accessMode };
  const namespace = namespaceOf(name, args);
  return Object.freeze({
    longhorn: longhorn && { ...longhorn, deletionProtection: longhornProtection(longhorn, deletionProtection) },
    reference,
    newNamespace: createNamespace ? namespace : undefined,
    predictedRecovery: predictedRecovery(policy, reference.podDeletionPolicy, prediction),
    warnings: failoverWarnings(failover, reference.version, { prediction, pod }),
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
