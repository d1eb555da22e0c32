import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse, type Violation } from "../validation/violations";
import type { ResolvedS3GatewayArgs } from "./args";

/** Values that a claim for an existing volume must request to be bound to it. */
export interface ExistingVolume {
  persistentVolumeName: string;
  storageClassName: pulumi.Output<string>;
  accessModes: pulumi.Output<string[]>;
}

/** The part of a PersistentVolume that decides whether a claim may take it. */
export interface PersistentVolumeUse {
  reclaimPolicy?: string;
  phase?: string;
  /** The claim that uses it, or used it last, as `namespace/name`. */
  claim?: string;
}

/** Reads the existing volume; undefined without `existing`. Fails if another claim uses the volume. */
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
 * Binds the existing volume to the claim, which waits for it. The volume must name the claim by its uid: a patch without the uid
 * keeps that of the old claim, and Kubernetes then treats the volume as that of a deleted claim. The volume stays bound when
 * Pulumi deletes this patch.
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
 * What keeps a volume from becoming this gateway's.
 *
 * @param ownClaim the gateway's claim as `namespace/name`, which may have it already
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
    return violation(
      `a volume of the reclaim policy Retain, which Kubernetes never deletes; this one has another: ${patch}`,
    );
  }
  if (claim === ownClaim || phase === "Released" || (phase === "Available" && claim === undefined)) return [];
  const user = claim === undefined ? "" : `, and its claim is ${claim}`;
  return violation(
    `a volume in the phase Released, which nobody uses; this one is in the phase ${phase ?? "Pending"}${user}`,
  );
}

/** A claim binds if the volume offers all that it asks for; of a Longhorn volume that is one mode. */
export function modesToClaim(offered: string[], wished: string): string[] {
  return offered.includes(wished) ? [wished] : offered;
}
