import type * as pulumi from "@pulumi/pulumi";
import { dnsSubdomain } from "../validation/kubernetes-names";
import { bytesAtLeast, check, checkedInput, checkOptional, oneOf, trueOrFalse } from "../validation/rules";
import { within, type Violation } from "../validation/violations";
import { AccessMode } from "../access-mode";
import { backupUrl } from "./backup-url";
import { backsUp, recurringJobViolations, RecurringJobTask, type RecurringJobArgs } from "./recurring-job-args";

/** Existing volume. */
export interface ExistingVolumeArgs {
  /**
   * Name of a PersistentVolume that no claim uses, with the reclaim policy `Retain` and in the phase `Released`. The volume of
   * a destroyed store is in this state.
   * @example "pvc-00000000-0000-0000-0000-000000000000"
   */
  persistentVolumeName: string;
}

/** Volume of a store. */
export interface VolumeArgs {
  /**
   * Size of the volume, as a Kubernetes quantity such as `100Gi`; at least `1Gi`. Can be increased later, never decreased. An
   * `existing` volume that is smaller is expanded; a larger one keeps its size. With `fromBackup`, must equal the size of the
   * backed-up volume, because Longhorn restores it with that size.
   * @example "10Gi"
   */
  size: pulumi.Input<string>;
  /**
   * Existing volume for the store. Takes effect when the claim is created and can be removed afterwards. The volume contains
   * the first user's keys: set `gateway.credentials` to the Secret with them.
   */
  existing?: ExistingVolumeArgs;
  /**
   * URL of a backup to create the volume from, as in the status of Longhorn's Backup. Takes effect when the volume is created.
   * Keep it to be able to expand the volume: that requires the StorageClass of the restore,
   * `<namespace>-<service.name>-restore`. The volume contains the first user's keys: set `gateway.credentials` to the Secret
   * with them.
   * @example "s3://backups@eu-central-1/?backup=backup-1&volume=pvc-1"
   */
  fromBackup?: string;
  /**
   * Scheduled snapshots, backups and trims.
   * @default none, so there are no backups
   */
  recurringJobs?: RecurringJobArgs[];
  /**
   * Access mode of the volume. Takes effect when the volume is created. `ReadWriteOncePod` also prevents a second pod on the
   * same node from using the volume; it requires Kubernetes 1.27 and Longhorn 1.11.
   * @default "ReadWriteOncePod"; for an `ObjectStore` on a Longhorn before 1.11, "ReadWriteOnce"
   * @example "ReadWriteOncePod"
   */
  accessMode?: AccessMode;
}

/** Volume of a gateway. */
export interface GatewayVolumeArgs extends VolumeArgs {
  /**
   * Name of the StorageClass. Takes effect when the volume is created.
   * @example "longhorn-s3"
   */
  storageClassName: string;
  /**
   * Namespace of Longhorn, which contains recurring jobs and snapshots.
   * @default "longhorn-system"
   */
  longhornNamespace?: string;
  /**
   * Parameters of the StorageClass, which the StorageClass of a restore copies.
   * @default Longhorn's defaults
   * @example { "numberOfReplicas": "3" }
   */
  storageClassParameters?: { [key: string]: string };
  /**
   * Whether Longhorn has a backup target. If false, a job with the task `backup` is refused.
   * @default unknown: a job with the task `backup` causes a warning
   * @example true
   */
  hasBackupTarget?: boolean;
}

/** `GatewayVolumeArgs` with defaults applied. */
export interface ResolvedVolumeArgs {
  readonly size: pulumi.Input<string>;
  readonly existing?: Readonly<ExistingVolumeArgs>;
  readonly fromBackup?: string;
  readonly recurringJobs: readonly RecurringJobArgs[];
  readonly storageClassName: string;
  readonly accessMode: AccessMode;
  readonly longhornNamespace: string;
  readonly storageClassParameters: Readonly<Record<string, string>>;
  readonly hasBackupTarget?: boolean;
}

/** Rule of the size: radosgw refuses writes below 100 MiB of free space, and copies its database at every start. */
const sizeRule = bytesAtLeast("1Gi", "radosgw needs space for a copy of its database at every start", "10Gi");

/** Returns the violations of the volume of a store. */
export function volumeViolations(serviceName: string, volume: VolumeArgs | undefined): Violation[] {
  const { existing, fromBackup, recurringJobs = [], accessMode } = volume ?? {};
  const name = existing?.persistentVolumeName;
  return [
    ...within("volume", [
      ...check("size", volume?.size, sizeRule),
      ...(existing === undefined ? [] : check("existing.persistentVolumeName", name, dnsSubdomain("pvc-4f1e2d3c"))),
      ...checkOptional("fromBackup", fromBackup, backupUrl),
      ...(existing === undefined || fromBackup === undefined ? [] : [twoOrigins(fromBackup)]),
      ...checkOptional("accessMode", accessMode, oneOf(AccessMode, AccessMode.ReadWriteOncePod)),
    ]),
    ...recurringJobViolations("volume.recurringJobs", serviceName, recurringJobs),
  ];
}

/** Returns the violations of the arguments that only the volume of a gateway has. */
export function gatewayVolumeViolations(volume: GatewayVolumeArgs | undefined): Violation[] {
  const { storageClassName, longhornNamespace, hasBackupTarget } = volume ?? {};
  return [
    ...within("volume", [
      ...check("storageClassName", storageClassName, dnsSubdomain("longhorn-s3")),
      ...checkOptional("longhornNamespace", longhornNamespace, dnsSubdomain("longhorn-system")),
      ...checkOptional("hasBackupTarget", hasBackupTarget, trueOrFalse),
    ]),
    ...(hasBackupTarget === false ? backupTaskViolations(volume, "volume.hasBackupTarget", true) : []),
  ];
}

/**
 * Refuses backup jobs on a Longhorn without a backup target, where they would always fail.
 *
 * @param field input that sets the backup target
 * @param example valid value of that input
 */
export function backupTaskViolations(volume: VolumeArgs | undefined, field: string, example: unknown): Violation[] {
  return (volume?.recurringJobs ?? []).flatMap(({ task }, index) => {
    if (!backsUp(task)) return [];
    const job = `volume.recurringJobs[${index}]`;
    const allowed = '"snapshot" or "filesystem-trim" while Longhorn has no backup target';
    const snapshot = {
      field: `${job}.task`,
      value: RecurringJobTask.Snapshot,
      note: "snapshots are stored in the volume's replicas",
    };
    return [{ field: `${job}.task`, got: task, allowed, fixes: [{ field, value: example }, snapshot] }];
  });
}

/** Returns the arguments with all defaults. Outputs are checked once their values are known. */
export function resolveVolumeArgs(subject: string, volume: GatewayVolumeArgs): ResolvedVolumeArgs {
  return Object.freeze({
    size: checkedInput(subject, "volume.size", volume.size, sizeRule),
    existing: volume.existing,
    fromBackup: volume.fromBackup,
    recurringJobs: volume.recurringJobs ?? [],
    storageClassName: volume.storageClassName,
    accessMode: volume.accessMode ?? AccessMode.ReadWriteOncePod,
    longhornNamespace: volume.longhornNamespace ?? "longhorn-system",
    storageClassParameters: volume.storageClassParameters ?? {},
    hasBackupTarget: volume.hasBackupTarget,
  });
}

function twoOrigins(fromBackup: string): Violation {
  const allowed = "unset if existing is set: a volume either exists or is created from a backup";
  return { field: "fromBackup", got: fromBackup, allowed, fixes: [{ field: "fromBackup" }, { field: "existing" }] };
}
