import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { onCreationOnly, withStackLabel } from "../stack-label";
import type { ResolvedS3GatewayArgs } from "./args";
import { bindExistingVolume, readExistingVolume, type ExistingVolume } from "./existing-volume";
import { objectAnnotations, objectLabels } from "./labels";
import { createRecurringJobs, recurringJobLabels } from "./recurring-jobs";
import { createRestoreClass, restoreClassName } from "./restore-class";
import { createSnapshot, newVolumeHook } from "./snapshot";
import { newStoreHook } from "./system-namespace";
import { volumeSizeHook } from "./volume-size";
import { warnOfDifferences } from "./volume-warnings";

/** Volume of a gateway, as Kubernetes and Longhorn resources. */
export interface GatewayVolume {
  claim: k8s.core.v1.PersistentVolumeClaim;
  /** Resources that must be ready before the gateway is started or changed. */
  ready: pulumi.Resource[];
}

/** Returns the name of the claim of a gateway. */
export function claimNameOf(serviceName: string): string {
  return `${serviceName}-data`;
}

/**
 * Creates the claim of the gateway's volume, its source and its jobs. Only the claim is protected. The other resources can be
 * removed by an update. A refused destroy does not delete them: they are deleted after the claim or the Deployment.
 */
export function createVolume(
  name: string,
  resolved: ResolvedS3GatewayArgs,
  opts: pulumi.CustomResourceOptions,
): GatewayVolume {
  const { parent } = opts;
  const existing = readExistingVolume(name, resolved, claimNameOf(resolved.serviceName), { parent });
  const restoreClass = createRestoreClass(name, resolved, { parent });
  const jobs = createRecurringJobs(name, resolved, { parent });
  const before = [restoreClass, ...jobs].filter((resource) => resource !== undefined);
  const claim = createClaim(name, resolved, existing, { ...opts, dependsOn: before });
  const bound = existing && bindExistingVolume(name, existing, claim, { parent });
  const snapshot = createSnapshot(name, resolved, claim, { parent });
  warnOfDifferences(resolved, claim);
  return { claim, ready: [claim, bound, snapshot].filter((resource) => resource !== undefined) };
}

/**
 * Creates the claim. A change of its access mode, class or volume name would make Kubernetes delete the volume and create an
 * empty one, so changes of these are ignored. The provider's wait for a claim has a fixed timeout of 5 min: the Deployment
 * waits for it instead.
 */
function createClaim(
  name: string,
  resolved: ResolvedS3GatewayArgs,
  existing: ExistingVolume | undefined,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.PersistentVolumeClaim {
  const { namespace, serviceName, volume, imageUpgrade } = resolved;
  return new k8s.core.v1.PersistentVolumeClaim(
    `${name}-data`,
    {
      metadata: {
        namespace,
        name: claimNameOf(serviceName),
        labels: withStackLabel({
          ...objectLabels(resolved),
          ...recurringJobLabels(serviceName, volume.recurringJobs),
        }),
        annotations: objectAnnotations(resolved, { "pulumi.com/skipAwait": "true" }),
      },
      spec: { ...volumeNature(resolved, existing), resources: { requests: { storage: volume.size } } },
    },
    {
      ...onCreationOnly({
        ...opts,
        ignoreChanges: ["spec.accessModes", "spec.storageClassName", "spec.volumeName"],
      }),
      hooks: {
        beforeCreate: [
          ...newVolumeHook(name, imageUpgrade),
          ...newStoreHook(`${name}-new-store`, `S3Gateway "${name}"`, namespace, volume.longhornNamespace),
        ],
        beforeUpdate: volumeSizeHook(name),
      },
    },
  );
}

/** Returns the immutable part of the claim's spec. Names are plain strings: an Output could replace the claim. */
function volumeNature({ namespace, serviceName, volume }: ResolvedS3GatewayArgs, existing: ExistingVolume | undefined) {
  if (existing !== undefined) {
    const { persistentVolumeName: volumeName, storageClassName, accessModes } = existing;
    return { accessModes, storageClassName, volumeName };
  }
  const restored = volume.fromBackup !== undefined;
  const storageClassName = restored ? restoreClassName(namespace, serviceName) : volume.storageClassName;
  return { accessModes: [volume.accessMode], storageClassName };
}
