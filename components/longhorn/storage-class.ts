import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { existingObjectHook } from "../existing-object";
import { onCreationOnly, withStackLabel } from "../stack-label";
import { ReplicaAutoBalance, type EncryptionArgs, type ResolvedStorageClassArgs } from "./storage-class-args";

/**
 * Creates the StorageClass for stores. Kubernetes cannot update one, so a changed parameter replaces it by one of the same
 * name. It holds no data, and existing volumes stay.
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
 * Returns the parameters of Longhorn's CSI driver, which are all strings.
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

/** Returns the parameters of each step that needs the passphrase. Without `node-expand`, an encrypted volume cannot be expanded. */
function encryptionParameters({ secretName, secretNamespace }: Readonly<Required<EncryptionArgs>>) {
  const steps = ["provisioner", "node-publish", "node-stage", "node-expand"];
  const secrets = steps.flatMap((step) => [
    [`csi.storage.k8s.io/${step}-secret-name`, secretName],
    [`csi.storage.k8s.io/${step}-secret-namespace`, secretNamespace],
  ]);
  return { encrypted: "true", ...(Object.fromEntries(secrets) as Record<string, string>) };
}
