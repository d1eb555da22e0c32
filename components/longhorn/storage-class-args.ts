import { dnsSubdomain, labelKey } from "../validation/kubernetes-names";
import { itemViolations } from "../validation/lists";
import { check, checkOptional, integer, oneOf, text, type Rule } from "../validation/rules";
import { within, type Violation } from "../validation/violations";
import { longhornNamespace } from "./longhorn-namespace";

/** Whether Longhorn tries to keep a copy of the volume on the node where the pod runs. */
export const DataLocality = {
  Disabled: "disabled",
  /** Makes a copy on the pod's node after every move: faster reads, and more traffic just after a failover. */
  BestEffort: "best-effort",
} as const;

export type DataLocality = (typeof DataLocality)[keyof typeof DataLocality];

/** The file system of a volume. */
export const FsType = { Ext4: "ext4", Xfs: "xfs" } as const;

export type FsType = (typeof FsType)[keyof typeof FsType];

/** What becomes of a volume when its claim is deleted. */
export const ReclaimPolicy = {
  /** It stays, and a store can be built on it again. */
  Retain: "Retain",
  /** It is deleted with everything in it. */
  Delete: "Delete",
} as const;

export type ReclaimPolicy = (typeof ReclaimPolicy)[keyof typeof ReclaimPolicy];

/** Whether Longhorn moves copies of a volume, so that they are spread over nodes and zones evenly. */
export const ReplicaAutoBalance = {
  /** As Longhorn's setting `replica-auto-balance` says, which is `least-effort` here. */
  Ignored: "ignored",
  Disabled: "disabled",
  /** As little as gives each node at most one copy. */
  LeastEffort: "least-effort",
  /** Until the copies of all volumes are spread evenly. */
  BestEffort: "best-effort",
} as const;

export type ReplicaAutoBalance = (typeof ReplicaAutoBalance)[keyof typeof ReplicaAutoBalance];

/**
 * Encryption of volumes on the disks and on the way to them, by LUKS. The nodes need `cryptsetup`.
 *
 * @see https://longhorn.io/docs/latest/advanced-resources/security/volume-encryption/
 */
export interface EncryptionArgs {
  /**
   * Name of the Secret with the passphrase under the key `CRYPTO_KEY_VALUE`. It has to be there before the first volume is made,
   * and has to stay as it is: without it, nobody can read the volume any more.
   * @example "longhorn-crypto"
   */
  secretName: string;
  /**
   * Namespace of that Secret.
   * @default "longhorn-system"
   */
  secretNamespace?: string;
}

/**
 * The StorageClass that a Longhorn of our own gets. A changed class is for new volumes; those that exist keep theirs.
 *
 * @see https://longhorn.io/docs/latest/references/storage-class-parameters/
 */
export interface StorageClassArgs {
  /**
   * Name of the class; not `longhorn` or `longhorn-static`, which Longhorn makes and removes by itself.
   * @default "longhorn-s3"
   */
  name?: string;
  /**
   * Copies of each volume, each on another node. Acts on new volumes only.
   * @default 3
   */
  numberOfReplicas?: number;
  /**
   * Whether a copy is kept on the pod's node. Acts on new volumes only.
   * @default "disabled"
   */
  dataLocality?: DataLocality;
  /**
   * After how many minutes a failed copy is deleted. Until then, that of a node that comes back is brought up to date instead of
   * made anew. Acts on new volumes only.
   * @default 2880, two days
   * @example 2880
   */
  staleReplicaTimeoutMinutes?: number;
  /**
   * File system of the volume. Acts on new volumes only.
   * @default "ext4"
   */
  fsType?: FsType;
  /**
   * Options for making the file system, with single spaces between them, as in `-O ^64bit,^metadata_csum`. They come after
   * Longhorn's own. Acts on new volumes only.
   * @default Longhorn's own options alone
   * @example "-O ^64bit,^metadata_csum"
   */
  mkfsParams?: string;
  /**
   * Tags that a disk has to have, all of them, for a copy to be put on it. Acts on new volumes only.
   * @default any disk
   * @example ["ssd"]
   */
  diskSelector?: string[];
  /**
   * Tags that a node has to have in Longhorn, all of them, for a copy to be put on it; these are no labels of Kubernetes. Acts on
   * new volumes only.
   * @default any node
   * @example ["storage"]
   */
  nodeSelector?: string[];
  /**
   * What becomes of a volume when its claim is deleted, as `pulumi destroy` does with an unprotected store. Acts on new volumes
   * only.
   * @default "Retain"
   */
  reclaimPolicy?: ReclaimPolicy;
  /**
   * Whether copies are moved to spread them evenly. Acts on new volumes only.
   * @default "ignored"
   */
  replicaAutoBalance?: ReplicaAutoBalance;
  /**
   * Encrypts new volumes; those that exist stay as they are.
   * @default not encrypted
   */
  encryption?: EncryptionArgs;
}

/** `StorageClassArgs` with every default in its place. */
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
  allowed: 'DNS labels with dots between them, not "longhorn" or "longhorn-static", which Longhorn manages by itself',
  holds: (value) => dnsSubdomain("").holds(value) && value !== "longhorn" && value !== "longhorn-static",
};

const mkfsRule = text(
  /^-\S+( \S+)*$/,
  "options of mkfs with single spaces between them, since Longhorn takes them apart there",
  "-O ^64bit,^metadata_csum",
  1024,
);

/** Everything that is wrong with the args of the StorageClass. */
export function storageClassViolations(storageClass: StorageClassArgs): Violation[] {
  const { encryption, diskSelector, nodeSelector } = storageClass;
  const minutes = integer(1, 525_600, "minutes", 2880);
  return [
    ...checkOptional("name", storageClass.name, classNameRule),
    ...checkOptional("numberOfReplicas", storageClass.numberOfReplicas, integer(1, 20, "copies", 3)),
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

/** The args with all defaults. */
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
