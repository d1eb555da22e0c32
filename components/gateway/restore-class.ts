import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { onCreationOnly, withStackLabel } from "../stack-label";
import type { ResolvedS3GatewayArgs } from "./args";
import { objectLabels } from "./labels";

/** Returns the name of the StorageClass that restores a gateway's volume. */
export function restoreClassName(namespace: string, serviceName: string): string {
  return `${namespace}-${serviceName}-restore`;
}

/**
 * Creates the StorageClass by which Longhorn creates a volume from a backup; returns undefined if `fromBackup` is not set. A
 * changed parameter replaces the class, because Kubernetes cannot update one. The claim stays, because it contains the name as
 * a plain string.
 */
export function createRestoreClass(
  name: string,
  resolved: ResolvedS3GatewayArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.storage.v1.StorageClass | undefined {
  const { namespace, serviceName, volume } = resolved;
  const { fromBackup, storageClassParameters } = volume;
  if (fromBackup === undefined) return undefined;
  return new k8s.storage.v1.StorageClass(
    `${name}-restore-class`,
    {
      metadata: {
        name: restoreClassName(namespace, serviceName),
        labels: withStackLabel(objectLabels(resolved)),
      },
      provisioner: "driver.longhorn.io",
      reclaimPolicy: "Retain",
      allowVolumeExpansion: true,
      volumeBindingMode: "Immediate",
      parameters: { ...storageClassParameters, fromBackup },
    },
    { ...onCreationOnly(opts), deleteBeforeReplace: true },
  );
}
