import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ResolvedS3GatewayArgs } from "./args";
import { RecurringJobTask } from "./recurring-job-args";
import { restoreClassName } from "./restore-class";

/** What is decided about a volume when its claim is made, and never again. */
export interface VolumeNature {
  accessModes: readonly string[];
  storageClassName?: string;
  /** Name of the PersistentVolume; undefined as long as it is open. */
  volumeName?: string;
}

/** Warns on every update where the claim is other than the inputs ask for: they are ignored, so nothing else would tell. */
export function warnOfDifferences(
  { namespace, serviceName, volume }: ResolvedS3GatewayArgs,
  claim: k8s.core.v1.PersistentVolumeClaim,
): void {
  const { accessMode, storageClassName, existing, fromBackup } = volume;
  const wished = {
    accessModes: [accessMode],
    storageClassName: fromBackup === undefined ? storageClassName : restoreClassName(namespace, serviceName),
    volumeName: existing?.persistentVolumeName,
  };
  claim.spec.apply((spec) => {
    for (const text of differences(wished, spec)) void pulumi.log.warn(text, claim);
  });
}

/** Where a claim is not as it was wished for, in a sentence each. */
export function differences(wished: VolumeNature, actual: VolumeNature): string[] {
  const classRest = "the volume can grow as long as there is a StorageClass of that name";
  return [
    ...difference("access mode", wished.accessModes.join(", "), actual.accessModes.join(", ")),
    ...difference("StorageClass", wished.storageClassName, actual.storageClassName, classRest),
    ...difference("PersistentVolume", wished.volumeName, actual.volumeName, "volume.existing comes too late"),
  ];
}

function difference(what: string, wished: string | undefined, actual: string | undefined, rest?: string): string[] {
  if (wished === undefined || actual === undefined || actual === wished) return [];
  const decided = "that was decided when the volume or its claim was made and stays as it is";
  return [`the ${what} of the volume is ${actual}, not ${wished}: ${[decided, rest].filter(Boolean).join("; ")}`];
}

/** Warns of what can only be found out when the volume is used. */
export function warnOfDoubts(resolved: ResolvedS3GatewayArgs, gateway: pulumi.Resource): void {
  for (const text of doubts(resolved)) void pulumi.log.warn(text, gateway);
}

/** What may not do what is expected of it, in a sentence each. */
export function doubts({ volume, credentials }: Pick<ResolvedS3GatewayArgs, "volume" | "credentials">): string[] {
  const backups = volume.recurringJobs.filter(({ task }) => task === RecurringJobTask.Backup).map(({ name }) => name);
  const isUsed = volume.existing !== undefined || volume.fromBackup !== undefined;
  return [
    ...(volume.hasBackupTarget !== undefined || backups.length === 0
      ? []
      : [
          `${backups.join(", ")} backs up nothing if Longhorn has no backup target, and whether it has one is not known here`,
        ]),
    ...(!isUsed || credentials !== undefined
      ? []
      : [
          "the volume knows the keys of the store that it was made for, and no others: gateway.credentials.existingSecretName is to name " +
            "the Secret with them, or nobody gets in by the keys that are generated here",
        ]),
  ];
}
