import type * as pulumi from "@pulumi/pulumi";
import { parseQuantity } from "../validation/quantity";
import { updateHook } from "../update-hook";
import { refuse, type Violation } from "../validation/violations";

/** Refuses a smaller volume in the preview already. Only a hook sees the size that there was. */
export function volumeSizeHook(name: string): pulumi.ResourceHook[] {
  return updateHook(`${name}-volume-size`, ({ oldOutputs, newInputs }) => {
    refuse(`S3Gateway "${name}"`, shrinkViolations(requestedStorage(oldOutputs), requestedStorage(newInputs)));
  });
}

/** What is wrong with a size where there was one before; nothing as long as one of the two is not known. */
export function shrinkViolations(old: string | undefined, size: string | undefined): Violation[] {
  if (old === undefined || size === undefined) return [];
  const [before, after] = [parseQuantity(old), parseQuantity(size)];
  if (before === undefined || after === undefined || after >= before) return [];
  const allowed = `"${old}", which the volume has, or more, since Kubernetes cannot shrink a volume`;
  return [{ field: "volume.size", got: size, allowed, fixes: [{ field: "volume.size", value: old }] }];
}

/** The size that a claim asks for; undefined where it is not known yet. */
export function requestedStorage(claim: unknown): string | undefined {
  const { spec } = (claim ?? {}) as { spec?: { resources?: { requests?: { storage?: unknown } } } };
  const storage = spec?.resources?.requests?.storage;
  return typeof storage === "string" ? storage : undefined;
}
