import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse, type Violation } from "../validation/violations";
import type { ResolvedS3GatewayArgs } from "./args";

/** Values that a claim must request to be bound to an existing volume. */
export interface ExistingVolume {
  persistentVolumeName: string;
  storageClassName: pulumi.Output<string>;
  accessModes: pulumi.Output<string[]>;
}

/** Properties of a PersistentVolume that decide whether a claim can use it. */
export interface PersistentVolumeUse {
  reclaimPolicy?: string;
  phase?: string;
  /** Current or last claim of the volume, as `namespace/name`. */
  claim?: string;
}

/**
 * Reads the existing volume; returns undefined if `existing` is not set.
 *
 * @throws InvalidArgsError if another claim uses the volume
 */
export function readExistingVolume(
  name: string,
  { namespace, volume }: ResolvedS3GatewayArgs,
  claimName: string,
  opts: pulumi.CustomResourceOptions,
): ExistingVolume | undefined {
  if (volume.existing === undefined) return undefined;
  const { persistentVolumeName } = volume.existing;
  const found = k8s.core.v1.PersistentVolume.get(`${name}-kept-volume`, persistentVolumeName, opts);
  const spec = pulumi.all([found.spec, found.status]).apply(([known, status]) => {
    const { persistentVolumeReclaimPolicy: reclaimPolicy, claimRef } = known;
    const claim = claimRef && `${claimRef.namespace}/${claimRef.name}`;
    const use = { reclaimPolicy, phase: status?.phase, claim };
    refuse(`S3Gateway "${name}"`, existingVolumeViolations(persistentVolumeName, use, `${namespace}/${claimName}`));
    return known;
  });
  return {
    persistentVolumeName,
    storageClassName: spec.storageClassName,
    accessModes: spec.accessModes.apply((modes) => modesToClaim(modes, volume.accessMode)),
  };
}

/**
 * Binds the existing volume to the claim, which waits for it. The volume must reference the claim by its UID. A patch without
 * the UID keeps that of the old claim, and Kubernetes treats the volume as released. The volume stays bound when Pulumi deletes
 * the patch.
 */
export function bindExistingVolume(
  name: string,
  { persistentVolumeName }: ExistingVolume,
  claim: k8s.core.v1.PersistentVolumeClaim,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.PersistentVolumePatch {
  const { namespace, name: claimName, uid } = claim.metadata;
  return new k8s.core.v1.PersistentVolumePatch(
    `${name}-kept-volume-claim`,
    {
      metadata: { name: persistentVolumeName, annotations: { "pulumi.com/patchForce": "true" } },
      spec: { claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name: claimName, uid } },
    },
    { ...opts, retainOnDelete: true },
  );
}

/**
 * Returns the violations of a volume that the gateway cannot use.
 *
 * @param ownClaim claim of the gateway as `namespace/name`, which may already use the volume
 */
export function existingVolumeViolations(
  persistentVolumeName: string,
  { reclaimPolicy, phase, claim }: PersistentVolumeUse,
  ownClaim: string,
): Violation[] {
  const field = "volume.existing.persistentVolumeName";
  const without = { field: "volume.existing", note: "the store gets a new, empty volume" };
  const violation = (allowed: string): Violation[] => [{ field, got: persistentVolumeName, allowed, fixes: [without] }];
  if (reclaimPolicy !== "Retain") {
    const patch = `kubectl patch pv ${persistentVolumeName} -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`;
    return violation(`a volume with the reclaim policy Retain, which Kubernetes never deletes; set it first: ${patch}`);
  }
  if (claim === ownClaim || phase === "Released" || (phase === "Available" && claim === undefined)) return [];
  const user = claim === undefined ? "" : ` with the claim ${claim}`;
  return violation(`a volume in the phase Released, which no claim uses; this one is ${phase ?? "Pending"}${user}`);
}

/** Returns the access modes to request. A claim binds if the volume offers all of them; a Longhorn volume offers one. */
export function modesToClaim(offered: string[], wished: string): string[] {
  return offered.includes(wished) ? [wished] : offered;
}
