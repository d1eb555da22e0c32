import type * as pulumi from "@pulumi/pulumi";
import { dnsSubdomain } from "../validation/kubernetes-names";
import { bytesAtLeast, check, checkedInput, checkOptional, oneOf, trueOrFalse } from "../validation/rules";
import { within, type Violation } from "../validation/violations";
import { AccessMode } from "../access-mode";
import { backupUrl } from "./backup-url";
import { backsUp, recurringJobViolations, RecurringJobTask, type RecurringJobArgs } from "./recurring-job-args";

/** An existing volume. */
export interface ExistingVolumeArgs {
  /**
   * Name of its PersistentVolume, which no claim uses any more: of reclaim policy `Retain` and in the phase `Released`, as the
   * volume of a store is that was destroyed.
   * @example "pvc-00000000-0000-0000-0000-000000000000"
   */
  persistentVolumeName: string;
}

/** The volume of a store. */
export interface VolumeArgs {
  /**
   * Size of the volume, as a Kubernetes quantity such as `100Gi`; at least `1Gi`. Can be increased later, never decreased. An
   * `existing` volume that is smaller is expanded; a larger one keeps its size. With `fromBackup`, must be the size of the volume that
   * was backed up, because Longhorn restores a volume with that size.
   * @example "10Gi"
   */
  size: pulumi.Input<string>;
  /**
   * Existing volume for the store. Takes effect when the claim is created and can be removed afterwards. The volume contains the first
   * user's keys: `gateway.credentials` names the Secret with them.
   */
  existing?: ExistingVolumeArgs;
  /**
   * URL of a backup, as the status of Longhorn's Backup has it: the volume is made from it, once. Leave it where it is as long as
   * the volume is to grow: Kubernetes asks the StorageClass that was made for the restore, `<namespace>-<service.name>-restore`.
   * The volume contains the first user's keys: `gateway.credentials` names the Secret with them.
   * @example "s3://backups@eu-central-1/?backup=backup-1&volume=pvc-1"
   */
  fromBackup?: string;
  /**
   * Snapshots, backups and trims by schedule.
   * @default none: nothing is backed up
   */
  recurringJobs?: RecurringJobArgs[];
  /**
   * How the volume may be mounted. Acts when the volume is made, never again. `ReadWriteOncePod` keeps a second pod off it on the
   * same node as well; it needs Kubernetes 1.27 and Longhorn 1.11.
   * @default "ReadWriteOncePod"; for an `ObjectStore` on a Longhorn before 1.11, "ReadWriteOnce"
   * @example "ReadWriteOncePod"
   */
  accessMode?: AccessMode;
}

/** The volume of a gateway. */
export interface GatewayVolumeArgs extends VolumeArgs {
  /**
   * Name of the StorageClass. Acts when the volume is made, never again.
   * @example "longhorn-s3"
   */
  storageClassName: string;
  /**
   * Namespace of Longhorn, for the objects that it wants there: recurring jobs and snapshots.
   * @default "longhorn-system"
   */
  longhornNamespace?: string;
  /**
   * Parameters of that StorageClass, for the class that `fromBackup` makes.
   * @default Longhorn's own defaults
   * @example { "numberOfReplicas": "3" }
   */
  storageClassParameters?: { [key: string]: string };
  /**
   * Whether Longhorn has a backup target. With `false`, a job with the task `backup` is refused.
   * @default not known: a job with the task `backup` is warned about
   * @example true
   */
  hasBackupTarget?: boolean;
}

/** `GatewayVolumeArgs` with every default in its place. */
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

/** radosgw refuses writes below 100 MiB of free space, and copies its whole database at every start. */
const sizeRule = bytesAtLeast("1Gi", "radosgw needs room for a copy of its database at every start", "10Gi");

/** Everything that is wrong with the volume of a store. */
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

/** Everything that is wrong with what a gateway needs to know of its volume besides. */
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
 * The backup jobs of a volume on a Longhorn without a backup target: they would fail, every time.
 *
 * @param field the input that says where the backups go
 * @param example a value for it
 */
export function backupTaskViolations(volume: VolumeArgs | undefined, field: string, example: unknown): Violation[] {
  return (volume?.recurringJobs ?? []).flatMap(({ task }, index) => {
    if (!backsUp(task)) return [];
    const job = `volume.recurringJobs[${index}]`;
    const allowed = '"snapshot" or "filesystem-trim" as long as Longhorn has no backup target to copy a backup to';
    const snapshot = {
      field: `${job}.task`,
      value: RecurringJobTask.Snapshot,
      note: "it stays in the volume's replicas",
    };
    return [{ field: `${job}.task`, got: task, allowed, fixes: [{ field, value: example }, snapshot] }];
  });
}

/** The args with all defaults. What is an Output is checked when it becomes known. */
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
  const allowed = "nothing beside existing: a volume is either there already or made from a backup";
  return { field: "fromBackup", got: fromBackup, allowed, fixes: [{ field: "fromBackup" }, { field: "existing" }] };
}
