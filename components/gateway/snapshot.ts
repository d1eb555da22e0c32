import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { updateHook } from "../update-hook";
import { refuse, type Violation } from "../validation/violations";
import type { ResolvedS3GatewayArgs } from "./args";
import type { ImageUpgradeArgs } from "./image-upgrade-args";
import { objectLabels } from "./labels";

/**
 * The snapshot that is taken before the image changes, ready before the gateway is stopped; undefined where none is asked for. It
 * stays when Pulumi forgets about it: it goes with the volume, or by hand.
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

/** Refuses a snapshot of a volume that is only being made, in the preview already. */
export function newVolumeHook(name: string, { snapshot }: ImageUpgradeArgs): pulumi.ResourceHook[] {
  if (snapshot === undefined) return [];
  return updateHook(`${name}-new-volume`, () => refuse(`S3Gateway "${name}"`, unboundViolations(snapshot)));
}

/** Longhorn's name of a claim's volume, as the cluster has it now: the claim was not yet bound when Pulumi last saw it. */
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

/** What is wrong with a snapshot as long as the claim has no volume. */
export function unboundViolations(snapshot: string, volumeName?: string): Violation[] {
  if (volumeName !== undefined) return [];
  const field = "gateway.image.upgrade.snapshot";
  const allowed = "nothing as long as the store has no volume: there is nothing in it yet that an image could change";
  return [{ field, got: snapshot, allowed, fixes: [{ field }] }];
}
