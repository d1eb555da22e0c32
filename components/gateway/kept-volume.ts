import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse, type Violation } from "../validation/violations";
import type { ResolvedS3GatewayArgs } from "./args";

/** What a claim for a kept volume has to ask for, or it does not bind. */
export interface KeptVolume {
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

/** Reads the volume that is to become this gateway's; undefined without `existing`. Fails where it is not free. */
export function readKeptVolume(
  name: string,
  { namespace, volume }: ResolvedS3GatewayArgs,
  claimName: string,
  opts: pulumi.CustomResourceOptions,
): KeptVolume | undefined {
  if (volume.existing === undefined) return undefined;
  const { persistentVolumeName } = volume.existing;
  const found = k8s.core.v1.PersistentVolume.get(`${name}-kept-volume`, persistentVolumeName, opts);
  const spec = pulumi.all([found.spec, found.status]).apply(([known, status]) => {
    const { persistentVolumeReclaimPolicy: reclaimPolicy, claimRef } = known;
    const claim = claimRef && `${claimRef.namespace}/${claimRef.name}`;
    const use = { reclaimPolicy, phase: status?.phase, claim };
    refuse(`S3Gateway "${name}"`, keptVolumeViolations(persistentVolumeName, use, `${namespace}/${claimName}`));
    return known;
  });
  return {
    persistentVolumeName,
    storageClassName: spec.storageClassName,
    accessModes: spec.accessModes.apply((modes) => modesToClaim(modes, volume.accessMode)),
  };
}

/**
 * Gives the kept volume to the claim, which waits for it. The volume has to name the claim by its uid: a patch that leaves the uid
 * out leaves that of the old claim where it is, and then Kubernetes takes the volume for that of a claim that is gone. The volume
 * stays the claim's when Pulumi forgets about this.
 */
export function giveKeptVolume(
  name: string,
  { persistentVolumeName }: KeptVolume,
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
export function keptVolumeViolations(
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
