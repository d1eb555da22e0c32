import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { updateHook } from "../update-hook";
import { refuse, type Violation } from "../validation/violations";
import type { ResolvedS3GatewayArgs } from "./args";
import type { ImageUpgradeArgs } from "./image-upgrade-args";
import { objectLabels } from "./labels";

/**
 * Creates the snapshot before a change of the image. It is ready before the gateway is stopped. Returns undefined if none is
 * requested. Longhorn keeps it when Pulumi removes it from the state, until the volume or the snapshot is deleted.
 */
export function createSnapshot(
  name: string,
  resolved: ResolvedS3GatewayArgs,
  claim: k8s.core.v1.PersistentVolumeClaim,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource | undefined {
  const { volume, imageUpgrade } = resolved;
  const { snapshot } = imageUpgrade;
  if (snapshot === undefined) return undefined;
  return new k8s.apiextensions.CustomResource(
    `${name}-snapshot`,
    {
      apiVersion: "longhorn.io/v1beta2",
      kind: "Snapshot",
      metadata: {
        namespace: volume.longhornNamespace,
        name: snapshot,
        labels: objectLabels(resolved),
        annotations: { "pulumi.com/waitFor": "jsonpath={.status.readyToUse}=true" },
      },
      spec: { volume: longhornVolumeOf(name, snapshot, claim, opts), createSnapshot: true },
    },
    { ...opts, retainOnDelete: true },
  );
}

/** Returns a hook that refuses a snapshot of a new volume, as early as in the preview. */
export function newVolumeHook(name: string, { snapshot }: ImageUpgradeArgs): pulumi.ResourceHook[] {
  if (snapshot === undefined) return [];
  return updateHook(`${name}-new-volume`, () => refuse(`S3Gateway "${name}"`, unboundViolations(snapshot)));
}

/** Returns the name of a claim's Longhorn volume as in the cluster: the claim in the state may not be bound yet. */
function longhornVolumeOf(
  name: string,
  snapshot: string,
  claim: k8s.core.v1.PersistentVolumeClaim,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const live = k8s.core.v1.PersistentVolumeClaim.get(`${name}-bound-claim`, claim.id, opts);
  const volumeName = live.spec.volumeName.apply((bound: string | undefined) => {
    refuse(`S3Gateway "${name}"`, unboundViolations(snapshot, bound));
    return bound ?? "";
  });
  const persistentVolume = k8s.core.v1.PersistentVolume.get(`${name}-bound-volume`, volumeName, opts);
  return persistentVolume.spec.csi.volumeHandle;
}

/** Returns the violations of a snapshot of a claim without a volume. */
export function unboundViolations(snapshot: string, volumeName?: string): Violation[] {
  if (volumeName !== undefined) return [];
  const field = "gateway.image.upgrade.snapshot";
  const allowed = "unset until the store has a volume: a new store needs no snapshot";
  return [{ field, got: snapshot, allowed, fixes: [{ field }] }];
}
