import type * as pulumi from "@pulumi/pulumi";
import { updateHook } from "../update-hook";
import { refuse, type Violation } from "../validation/violations";
import type { ImageUpgradeArgs } from "./image-upgrade-args";

/** Annotation of the Deployment with the name of the last snapshot that was taken before a change. */
const snapshotAnnotation = "longhorn-s3/snapshot";

/** Annotations of the Deployment by which the next change tells whether a snapshot is a new one. */
export function snapshotAnnotations({ snapshot }: ImageUpgradeArgs): Record<string, string> | undefined {
  return snapshot === undefined ? undefined : { [snapshotAnnotation]: snapshot };
}

/** A Deployment of a gateway as far as a change of its image goes; undefined is what is not known yet. */
export interface ImageState {
  image?: string;
  snapshot?: string;
}

/** Refuses another image without a way back, in the preview already. Only a hook sees the image that there was. */
export function imageUpgradeHook(name: string, upgrade: ImageUpgradeArgs): pulumi.ResourceHook[] {
  return updateHook(`${name}-image-change`, ({ oldInputs, newInputs }) => {
    const violation = imageUpgradeViolation(imageStateOf(oldInputs), imageStateOf(newInputs).image, upgrade);
    refuse(`S3Gateway "${name}"`, violation === undefined ? [] : [violation]);
  });
}

/**
 * What is wrong with a change of the image.
 *
 * @param old the Deployment as it is
 * @param image the image that it is to have
 */
export function imageUpgradeViolation(
  old: ImageState,
  image: string | undefined,
  { snapshot, skipSnapshotFor }: ImageUpgradeArgs,
): Violation | undefined {
  if (old.image === undefined || image === undefined || image === old.image) return undefined;
  if (image === skipSnapshotFor || (snapshot !== undefined && snapshot !== old.snapshot)) return undefined;
  const used = snapshot === undefined ? "" : `; "${snapshot}" was taken before the change to "${old.image}"`;
  return {
    field: "gateway.image.reference",
    got: image,
    allowed:
      `"${old.image}", which the store has, or another one with a way back, since s3gw may change its databases in the volume so ` +
      `that the old image no longer reads them${used}`,
    fixes: [
      {
        field: "gateway.image.upgrade.snapshot",
        value: nextSnapshot(image, old.snapshot),
        note: "a snapshot is taken first",
      },
      { field: "gateway.image.upgrade.skipSnapshotFor", value: image, note: "there is no way back" },
      { field: "gateway.image.reference", value: old.image },
    ],
  };
}

/** What the inputs of a gateway's Deployment say; nothing of what is not text, which is not known yet. */
export function imageStateOf(inputs: unknown): ImageState {
  const image = at(inputs, "spec", "template", "spec", "containers", 0, "image");
  const snapshot = at(inputs, "metadata", "annotations", snapshotAnnotation);
  return { ...(typeof image === "string" && { image }), ...(typeof snapshot === "string" && { snapshot }) };
}

function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown> | null | undefined)?.[key], value);
}

/** A name for the next snapshot, after the tag or digest of the image that comes. */
function nextSnapshot(image: string, last: string | undefined): string {
  const tag = (image.split(/[:@]/).at(-1) ?? "").toLowerCase().slice(0, 20);
  const name = `before-${tag}`.replace(/[^a-z0-9]+/g, "-").replace(/-$/, "");
  return name === last ? `${name}-2` : name;
}
