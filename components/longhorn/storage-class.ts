import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedLonghornArgs } from "./args";

/**
 * The StorageClass for stores. Kubernetes cannot change one, so a changed parameter makes another of the same name; the volumes of
 * the old one stay, and it holds no data itself.
 */
export function createStorageClass(
  name: string,
  storageClass: ResolvedLonghornArgs["storageClass"],
  opts: pulumi.CustomResourceOptions,
): k8s.storage.v1.StorageClass {
  return new k8s.storage.v1.StorageClass(
    `${name}-class`,
    {
      metadata: { name: storageClass.name },
      provisioner: "driver.longhorn.io",
      reclaimPolicy: "Retain",
      allowVolumeExpansion: true,
      volumeBindingMode: "Immediate",
      parameters: storageClassParameters(storageClass),
    },
    { ...opts, deleteBeforeReplace: true },
  );
}

/**
 * The parameters that Longhorn's CSI driver takes, all of them text.
 *
 * @see https://longhorn.io/docs/latest/references/storage-class-parameters/
 */
export function storageClassParameters(storageClass: ResolvedLonghornArgs["storageClass"]): Record<string, string> {
  return {
    numberOfReplicas: String(storageClass.numberOfReplicas),
    dataLocality: storageClass.dataLocality,
    // Minutes. A node that is away for less than two days has its copy brought up to date instead of made anew.
    staleReplicaTimeout: "2880",
    fsType: "ext4",
  };
}
