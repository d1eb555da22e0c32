import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ResolvedS3GatewayArgs } from "./args";
import { backsUp } from "./recurring-job-args";
import { restoreClassName } from "./restore-class";

/** Properties of a volume that are fixed when its claim is created. */
export interface VolumeNature {
  accessModes: readonly string[];
  storageClassName?: string;
  /** Name of the PersistentVolume; undefined if not decided. */
  volumeName?: string;
}

/** Warns on every update if the claim differs from the inputs. Pulumi ignores these changes, so no diff shows them. */
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

/** Returns a sentence for each difference between the inputs and the claim. */
export function differences(wished: VolumeNature, actual: VolumeNature): string[] {
  const classRest = "the volume can be expanded while a StorageClass of that name exists";
  return [
    ...difference("access mode", wished.accessModes.join(", "), actual.accessModes.join(", ")),
    ...difference("StorageClass", wished.storageClassName, actual.storageClassName, classRest),
    ...difference("PersistentVolume", wished.volumeName, actual.volumeName, "volume.existing was set too late"),
  ];
}

function difference(what: string, wished: string | undefined, actual: string | undefined, rest?: string): string[] {
  if (wished === undefined || actual === undefined || actual === wished) return [];
  const decided = "it was fixed when the volume or its claim was created";
  return [`the ${what} of the volume is ${actual}, not ${wished}: ${[decided, rest].filter(Boolean).join("; ")}`];
}

/** Warns about inputs that may have no effect, which only the running store shows. */
export function warnOfDoubts(resolved: ResolvedS3GatewayArgs, gateway: pulumi.Resource): void {
  for (const text of doubts(resolved)) void pulumi.log.warn(text, gateway);
}

/** Returns a sentence for each input that may have no effect. */
export function doubts({ volume, credentials }: Pick<ResolvedS3GatewayArgs, "volume" | "credentials">): string[] {
  const backups = volume.recurringJobs.filter(({ task }) => backsUp(task)).map(({ name }) => name);
  const isUsed = volume.existing !== undefined || volume.fromBackup !== undefined;
  return [
    ...(volume.hasBackupTarget !== undefined || backups.length === 0
      ? []
      : [`${backups.join(", ")} creates no backups if Longhorn has no backup target, which is not known here`]),
    ...(!isUsed || credentials !== undefined
      ? []
      : [
          "the volume accepts only the keys of the store that it was created for: set gateway.credentials.existingSecretName to the Secret with " +
            "them, because the generated keys will not work",
        ]),
  ];
}
