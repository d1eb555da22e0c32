import type * as pulumi from "@pulumi/pulumi";
import { updateHook } from "../update-hook";
import { refuse, type Violation } from "../validation/violations";
import type { ImageUpgradeArgs } from "./image-upgrade-args";

/** Annotation of the Deployment with the name of the last snapshot. */
const snapshotAnnotation = "longhorn-s3/snapshot";

/** Returns the annotations of the Deployment by which the next change recognizes a new snapshot. */
export function snapshotAnnotations({ snapshot }: ImageUpgradeArgs): Record<string, string> | undefined {
  return snapshot === undefined ? undefined : { [snapshotAnnotation]: snapshot };
}

/** Properties of a gateway's Deployment that matter for a change of its image; undefined if unknown. */
export interface ImageState {
  image?: string;
  snapshot?: string;
}

/**
 * Returns a hook that refuses a change of the image without a safeguard, as early as in the preview. Only a hook has access to
 * the old image.
 */
export function imageUpgradeHook(name: string, upgrade: ImageUpgradeArgs): pulumi.ResourceHook[] {
  return updateHook(`${name}-image-change`, ({ oldInputs, newInputs }) => {
    const violation = imageUpgradeViolation(imageStateOf(oldInputs), imageStateOf(newInputs).image, upgrade);
    refuse(`S3Gateway "${name}"`, violation === undefined ? [] : [violation]);
  });
}

/**
 * Returns the violation of a change of the image; undefined if it is allowed.
 *
 * @param old current state of the Deployment
 * @param image new image
 */
export function imageUpgradeViolation(
  old: ImageState,
  image: string | undefined,
  { snapshot, skipSnapshotFor }: ImageUpgradeArgs,
): Violation | undefined {
  if (old.image === undefined || image === undefined || image === old.image) return undefined;
  if (image === skipSnapshotFor || (snapshot !== undefined && snapshot !== old.snapshot)) return undefined;
  const used = snapshot === undefined ? "" : `; snapshot "${snapshot}" was taken before the change to "${old.image}"`;
  return {
    field: "gateway.image.reference",
    got: image,
    allowed:
      `"${old.image}", the current image, or another one with a safeguard, because s3gw may upgrade its databases in the volume so that ` +
      `the old image can no longer read them${used}`,
    fixes: [
      {
        field: "gateway.image.upgrade.snapshot",
        value: nextSnapshot(image, old.snapshot),
        note: "takes a snapshot first",
      },
      { field: "gateway.image.upgrade.skipSnapshotFor", value: image, note: "no rollback is possible" },
      { field: "gateway.image.reference", value: old.image },
    ],
  };
}

/** Returns the state in the inputs of a gateway's Deployment, without unknown values. */
export function imageStateOf(inputs: unknown): ImageState {
  const image = at(inputs, "spec", "template", "spec", "containers", 0, "image");
  const snapshot = at(inputs, "metadata", "annotations", snapshotAnnotation);
  return { ...(typeof image === "string" && { image }), ...(typeof snapshot === "string" && { snapshot }) };
}

function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown> | null | undefined)?.[key], value);
}

/** Returns a name for the next snapshot, derived from the tag or digest of the new image. */
function nextSnapshot(image: string, last: string | undefined): string {
  const tag = (image.split(/[:@]/).at(-1) ?? "").toLowerCase().slice(0, 20);
  const name = `before-${tag}`.replace(/[^a-z0-9]+/g, "-").replace(/-$/, "");
  return name === last ? `${name}-2` : name;
}
