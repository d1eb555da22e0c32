import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { existingObjectHook } from "../existing-object";
import { onCreationOnly, withStackLabel } from "../stack-label";
import { ReplicaAutoBalance, type EncryptionArgs, type ResolvedStorageClassArgs } from "./storage-class-args";

/**
 * The StorageClass for stores. Kubernetes cannot change one, so a changed parameter makes another of the same name; the volumes of
 * the old one stay, and it holds no data itself.
 */
export function createStorageClass(
  name: string,
  storageClass: ResolvedStorageClassArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.storage.v1.StorageClass {
  const resource = `${name}-class`;
  return new k8s.storage.v1.StorageClass(
    resource,
    {
      metadata: { name: storageClass.name, labels: withStackLabel() },
      provisioner: "driver.longhorn.io",
      reclaimPolicy: storageClass.reclaimPolicy,
      allowVolumeExpansion: true,
      volumeBindingMode: "Immediate",
      parameters: storageClassParameters(storageClass),
    },
    {
      ...onCreationOnly(opts, "metadata.labels"),
      deleteBeforeReplace: true,
      hooks: { afterCreate: existingClassHook(name, storageClass.name, resource) },
    },
  );
}

function existingClassHook(name: string, className: string, resource: string): pulumi.ResourceHook[] {
  return existingObjectHook(`${resource}-existing`, {
    ...{ subject: `Longhorn "${name}"`, kind: "StorageClass", name: className, resource },
    ...{ field: "storageClass.name", got: className },
    fixes: [{ field: "storageClass.name", value: `${className}-2` }],
  });
}

/**
 * The parameters that Longhorn's CSI driver takes, all of them text.
 *
 * @see https://longhorn.io/docs/latest/references/storage-class-parameters/
 */
export function storageClassParameters(storageClass: ResolvedStorageClassArgs): Record<string, string> {
  const { mkfsParams, diskSelector, nodeSelector, replicaAutoBalance, encryption } = storageClass;
  return {
    numberOfReplicas: String(storageClass.numberOfReplicas),
    dataLocality: storageClass.dataLocality,
    staleReplicaTimeout: String(storageClass.staleReplicaTimeoutMinutes),
    fsType: storageClass.fsType,
    ...(mkfsParams !== undefined && { mkfsParams }),
    ...(diskSelector.length > 0 && { diskSelector: diskSelector.join(",") }),
    ...(nodeSelector.length > 0 && { nodeSelector: nodeSelector.join(",") }),
    ...(replicaAutoBalance !== ReplicaAutoBalance.Ignored && { replicaAutoBalance }),
    ...(encryption !== undefined && encryptionParameters(encryption)),
  };
}

/** Each step of a volume's life that needs the passphrase; without `node-expand` an encrypted volume could not grow. */
function encryptionParameters({ secretName, secretNamespace }: Readonly<Required<EncryptionArgs>>) {
  const steps = ["provisioner", "node-publish", "node-stage", "node-expand"];
  const secrets = steps.flatMap((step) => [
    [`csi.storage.k8s.io/${step}-secret-name`, secretName],
    [`csi.storage.k8s.io/${step}-secret-namespace`, secretNamespace],
  ]);
  return { encrypted: "true", ...(Object.fromEntries(secrets) as Record<string, string>) };
}
