import { dnsSubdomain, labelKey } from "../validation/kubernetes-names";
import { itemViolations } from "../validation/lists";
import { check, checkOptional, integer, oneOf, text, type Rule } from "../validation/rules";
import { within, type Violation } from "../validation/violations";
import { longhornNamespace } from "./longhorn-namespace";

/** Data locality: whether Longhorn keeps a replica of the volume on the node of its pod. */
export const DataLocality = {
  Disabled: "disabled",
  /** Creates a replica on the node of the pod after every move. Reads are faster, but a failover causes more traffic. */
  BestEffort: "best-effort",
} as const;

export type DataLocality = (typeof DataLocality)[keyof typeof DataLocality];

/** File system of a volume. */
export const FsType = { Ext4: "ext4", Xfs: "xfs" } as const;

export type FsType = (typeof FsType)[keyof typeof FsType];

/** Policy for a volume whose claim is deleted. */
export const ReclaimPolicy = {
  /** Keeps the volume. A new store can use it. */
  Retain: "Retain",
  /** Deletes the volume and its data. */
  Delete: "Delete",
} as const;

export type ReclaimPolicy = (typeof ReclaimPolicy)[keyof typeof ReclaimPolicy];

/** Automatic balancing of replicas over nodes and zones. */
export const ReplicaAutoBalance = {
  /** Uses Longhorn's setting `replica-auto-balance`, which this package sets to `least-effort`. */
  Ignored: "ignored",
  Disabled: "disabled",
  /** Moves the minimum of replicas so that each node has at most one. */
  LeastEffort: "least-effort",
  /** Moves replicas until those of all volumes are evenly distributed. */
  BestEffort: "best-effort",
} as const;

export type ReplicaAutoBalance = (typeof ReplicaAutoBalance)[keyof typeof ReplicaAutoBalance];

/**
 * Encryption of volumes with LUKS, at rest and in transit to the replicas. The nodes require `cryptsetup`.
 *
 * @see https://longhorn.io/docs/latest/advanced-resources/security/volume-encryption/
 */
export interface EncryptionArgs {
  /**
   * Name of the Secret with the passphrase under the key `CRYPTO_KEY_VALUE`. It must exist before the first volume is created,
   * and must not change: without the passphrase, the data cannot be read.
   * @example "longhorn-crypto"
   */
  secretName: string;
  /**
   * Namespace of the Secret.
   * @default "longhorn-system"
   */
  secretNamespace?: string;
}

/**
 * StorageClass of an installed Longhorn. A change affects only new volumes.
 *
 * @see https://longhorn.io/docs/latest/references/storage-class-parameters/
 */
export interface StorageClassArgs {
  /**
   * Name of the class. Must not be `longhorn` or `longhorn-static`, which Longhorn creates and deletes itself.
   * @default "longhorn-s3"
   */
  name?: string;
  /**
   * Number of replicas of each volume, each on a different node. Applies to new volumes only.
   * @default 3
   */
  numberOfReplicas?: number;
  /**
   * Data locality of the volume. Applies to new volumes only.
   * @default "disabled"
   */
  dataLocality?: DataLocality;
  /**
   * Minutes after which a failed replica is deleted. Until then, the replica of a node that returns is updated instead of
   * rebuilt. Applies to new volumes only.
   * @default 2880, two days
   * @example 2880
   */
  staleReplicaTimeoutMinutes?: number;
  /**
   * File system of the volume. Applies to new volumes only.
   * @default "ext4"
   */
  fsType?: FsType;
  /**
   * Options of mkfs, separated by single spaces, such as `-O ^64bit,^metadata_csum`. They follow Longhorn's own options.
   * Applies to new volumes only.
   * @default only Longhorn's own options
   * @example "-O ^64bit,^metadata_csum"
   */
  mkfsParams?: string;
  /**
   * Tags that a disk must have to hold a replica. Applies to new volumes only.
   * @default any disk
   * @example ["ssd"]
   */
  diskSelector?: string[];
  /**
   * Tags that a node must have in Longhorn to hold a replica. They are not Kubernetes labels. Applies to new volumes only.
   * @default any node
   * @example ["storage"]
   */
  nodeSelector?: string[];
  /**
   * Policy for a volume whose claim is deleted, for example when an unprotected store is destroyed. Applies to new volumes
   * only.
   * @default "Retain"
   */
  reclaimPolicy?: ReclaimPolicy;
  /**
   * Automatic balancing of replicas. Applies to new volumes only.
   * @default "ignored"
   */
  replicaAutoBalance?: ReplicaAutoBalance;
  /**
   * Encrypts new volumes. Existing volumes do not change.
   * @default no encryption
   */
  encryption?: EncryptionArgs;
}

/** `StorageClassArgs` with defaults applied. */
export interface ResolvedStorageClassArgs {
  readonly name: string;
  readonly numberOfReplicas: number;
  readonly dataLocality: DataLocality;
  readonly staleReplicaTimeoutMinutes: number;
  readonly fsType: FsType;
  readonly mkfsParams?: string;
  readonly diskSelector: readonly string[];
  readonly nodeSelector: readonly string[];
  readonly reclaimPolicy: ReclaimPolicy;
  readonly replicaAutoBalance: ReplicaAutoBalance;
  readonly encryption?: Readonly<Required<EncryptionArgs>>;
}

const classNameRule: Rule = {
  ...dnsSubdomain("longhorn-s3"),
  allowed: 'a DNS subdomain other than "longhorn" and "longhorn-static", which Longhorn manages itself',
  holds: (value) => dnsSubdomain("").holds(value) && value !== "longhorn" && value !== "longhorn-static",
};

const mkfsRule = text(
  /^-\S+( \S+)*$/,
  "options of mkfs, separated by single spaces, where Longhorn splits them",
  "-O ^64bit,^metadata_csum",
  1024,
);

/** Returns the violations of the arguments of the StorageClass. */
export function storageClassViolations(storageClass: StorageClassArgs): Violation[] {
  const { encryption, diskSelector, nodeSelector } = storageClass;
  const minutes = integer(1, 525_600, "minutes", 2880);
  return [
    ...checkOptional("name", storageClass.name, classNameRule),
    ...checkOptional("numberOfReplicas", storageClass.numberOfReplicas, integer(1, 20, "replicas", 3)),
    ...checkOptional("dataLocality", storageClass.dataLocality, oneOf(DataLocality, DataLocality.Disabled)),
    ...checkOptional("staleReplicaTimeoutMinutes", storageClass.staleReplicaTimeoutMinutes, minutes),
    ...checkOptional("fsType", storageClass.fsType, oneOf(FsType, FsType.Ext4)),
    ...checkOptional("mkfsParams", storageClass.mkfsParams, mkfsRule),
    ...itemViolations("diskSelector", diskSelector, (place, tag) => check(place, tag, labelKey("ssd"))),
    ...itemViolations("nodeSelector", nodeSelector, (place, tag) => check(place, tag, labelKey("storage"))),
    ...checkOptional("reclaimPolicy", storageClass.reclaimPolicy, oneOf(ReclaimPolicy, ReclaimPolicy.Retain)),
    ...checkOptional(
      "replicaAutoBalance",
      storageClass.replicaAutoBalance,
      oneOf(ReplicaAutoBalance, ReplicaAutoBalance.Ignored),
    ),
    ...within("encryption", encryption === undefined ? [] : encryptionViolations(encryption)),
  ];
}

function encryptionViolations({ secretName, secretNamespace }: EncryptionArgs): Violation[] {
  return [
    ...check("secretName", secretName, dnsSubdomain("longhorn-crypto")),
    ...checkOptional("secretNamespace", secretNamespace, dnsSubdomain(longhornNamespace)),
  ];
}

/** Returns the arguments with all defaults. */
export function resolveStorageClassArgs(args: StorageClassArgs): ResolvedStorageClassArgs {
  const { encryption } = args;
  return Object.freeze({
    name: args.name ?? "longhorn-s3",
    numberOfReplicas: args.numberOfReplicas ?? 3,
    dataLocality: args.dataLocality ?? DataLocality.Disabled,
    staleReplicaTimeoutMinutes: args.staleReplicaTimeoutMinutes ?? 2880,
    fsType: args.fsType ?? FsType.Ext4,
    mkfsParams: args.mkfsParams,
    diskSelector: args.diskSelector ?? [],
    nodeSelector: args.nodeSelector ?? [],
    reclaimPolicy: args.reclaimPolicy ?? ReclaimPolicy.Retain,
    replicaAutoBalance: args.replicaAutoBalance ?? ReplicaAutoBalance.Ignored,
    encryption: encryption && { secretNamespace: longhornNamespace, ...encryption },
  });
}
