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

/** The volume of a gateway as Kubernetes and Longhorn have it. */
export interface GatewayVolume {
  claim: k8s.core.v1.PersistentVolumeClaim;
  /** What has to be there before the gateway is started or changed. */
  ready: pulumi.Resource[];
}

/** Name of the claim of a gateway. */
export function claimNameOf(serviceName: string): string {
  return `${serviceName}-data`;
}

/**
 * The gateway's volume: its claim, where the volume comes from, and what is done with it. Only the claim is protected. The rest may
 * go from one update to the next, and a refused destroy does not reach it: the claim, or the Deployment, has to go before.
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
 * A change of access mode, class or volume name would make Kubernetes delete the volume and make an empty one, so these act once
 * and are ignored ever after. The provider's wait for a claim ends after 5 min, which it does not let us change: the Deployment
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

/** The part of the claim that decides about the volume once and for all. Names are plain text: an Output could replace it. */
function volumeNature({ namespace, serviceName, volume }: ResolvedS3GatewayArgs, existing: ExistingVolume | undefined) {
  if (existing !== undefined) {
    const { persistentVolumeName: volumeName, storageClassName, accessModes } = existing;
    return { accessModes, storageClassName, volumeName };
  }
  const restored = volume.fromBackup !== undefined;
  const storageClassName = restored ? restoreClassName(namespace, serviceName) : volume.storageClassName;
  return { accessModes: [volume.accessMode], storageClassName };
}
