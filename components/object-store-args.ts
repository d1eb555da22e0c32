import {
  failoverPolicy,
  failoverViolations,
  failoverWarnings,
  policyFor,
  predictedRecovery,
  type FailoverArgs,
  type LonghornInUse,
  type PredictedRecovery,
} from "./failover";
import { backupTaskViolations, commonViolations, type GatewayCommonArgs, type S3GatewayArgs } from "./gateway";
import {
  longhornDefaults,
  longhornViolations,
  referenceTo,
  referenceViolations,
  type LonghornArgs,
  type LonghornReference,
} from "./longhorn";
import { checkOptional, trueOrFalse } from "./validation/rules";
import { refuse, within, type Violation } from "./validation/violations";

/** What a store is like. It needs either `longhorn` or `existingLonghorn`. */
export interface ObjectStoreArgs extends GatewayCommonArgs {
  /**
   * Installs Longhorn, which a cluster can have once. With `allowUninstall` it is protected as the store is, unless it says
   * otherwise itself; without, always.
   */
  longhorn?: LonghornArgs;
  /** Uses a Longhorn that is there: described by hand, or the property `reference` of a `Longhorn` in the same program. */
  existingLonghorn?: LonghornReference;
  /** What becomes of the store when the node of its gateway falls silent. */
  failover: FailoverArgs;
  /**
   * Namespace of the store's objects.
   * @default the Service's name
   * @example "photos"
   */
  namespace?: string;
  /**
   * Makes the namespace. It stays when the store is destroyed, since the Secret with the keys stays in it.
   * @default true
   */
  createNamespace?: boolean;
}

/** `ObjectStoreArgs` with every default in its place and the failover decision carried out. */
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

/** Everything that is wrong with the args of an `ObjectStore`, those of its parts included. */
export function objectStoreViolations(name: string, args: ObjectStoreArgs): Violation[] {
  const { longhorn, existingLonghorn } = args;
  return [
    ...longhornChoice(args),
    ...within("longhorn", longhorn === undefined ? [] : longhornViolations(longhorn)),
    ...within("existingLonghorn", existingLonghorn === undefined ? [] : referenceViolations(existingLonghorn)),
    ...failoverViolations(args.failover, longhornInUse(args)),
    ...commonViolations(name, namespaceOf(name, args), args),
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
  const { longhorn, existingLonghorn, failover, createNamespace = true, namespace: _, ...common } = args;
  const { deletionProtection = true, serviceName = name } = common;
  const reference = existingLonghorn ?? referenceTo(longhornDefaults(longhorn ?? {}));
  const decided = failoverPolicy(failover, reference.version);
  const policy = { ...decided, accessMode: args.volume.accessMode ?? decided.accessMode };
  const namespace = namespaceOf(name, args);
  return Object.freeze({
    longhorn: longhorn && { ...longhorn, deletionProtection: longhornProtection(longhorn, deletionProtection) },
    reference,
    newNamespace: createNamespace ? namespace : undefined,
    predictedRecovery: predictedRecovery(policy, reference.podDeletionPolicy, failover.prediction),
    warnings: failoverWarnings(failover, reference.version, args),
    deletionProtection,
    gateway: {
      ...common,
      namespace,
      serviceName,
      volume: {
        ...args.volume,
        storageClassName: reference.storageClassName,
        storageClassParameters: reference.storageClassParameters,
        longhornNamespace: reference.namespace,
        hasBackupTarget: reference.backupTarget === undefined ? undefined : true,
        accessMode: policy.accessMode,
      },
      evictAfterSeconds: policy.tolerationSeconds,
      terminationGracePeriodSeconds: policy.terminationGracePeriodSeconds,
      unresponsiveSeconds: policy.unresponsiveSeconds,
      tolerations: [...(common.tolerations ?? []), ...policy.tolerations],
      deletionProtection,
    },
  });
}

/** A Longhorn that may not be uninstalled stays protected: its uninstaller would refuse when the store is gone already. */
function longhornProtection({ deletionProtection, allowUninstall = false }: LonghornArgs, ofStore: boolean): boolean {
  return deletionProtection ?? (ofStore || !allowUninstall);
}

function namespaceOf(name: string, { namespace, serviceName }: ObjectStoreArgs): string {
  return namespace ?? serviceName ?? name;
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
