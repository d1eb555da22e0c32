import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { onCreationOnly, withStackLabel } from "../stack-label";
import type { ResolvedS3GatewayArgs } from "./args";
import { objectLabels } from "./labels";

/** Name of the StorageClass that a gateway's volume is restored by. */
export function restoreClassName(namespace: string, serviceName: string): string {
  return `${namespace}-${serviceName}-restore`;
}

/**
 * The StorageClass by which Longhorn makes a volume from a backup; undefined without `fromBackup`. A changed parameter makes the
 * class anew, since Kubernetes cannot change one. The claim has its name as a plain text, so it stays.
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
