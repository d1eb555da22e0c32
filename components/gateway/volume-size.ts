import type * as pulumi from "@pulumi/pulumi";
import { parseQuantity } from "../validation/quantity";
import { updateHook } from "../update-hook";
import { refuse, type Violation } from "../validation/violations";

/** Returns a hook that refuses to shrink a volume, as early as in the preview. Only a hook has access to the old size. */
export function volumeSizeHook(name: string): pulumi.ResourceHook[] {
  return updateHook(`${name}-volume-size`, ({ oldOutputs, newInputs }) => {
    refuse(`S3Gateway "${name}"`, shrinkViolations(requestedStorage(oldOutputs), requestedStorage(newInputs)));
  });
}

/** Returns the violation of a size that is smaller than the current one; none if either is unknown. */
export function shrinkViolations(old: string | undefined, size: string | undefined): Violation[] {
  if (old === undefined || size === undefined) return [];
  const [before, after] = [parseQuantity(old), parseQuantity(size)];
  if (before === undefined || after === undefined || after >= before) return [];
  const allowed = `at least "${old}", the current size, because Kubernetes cannot shrink a volume`;
  return [{ field: "volume.size", got: size, allowed, fixes: [{ field: "volume.size", value: old }] }];
}

/** Returns the size that a claim requests; undefined if unknown. */
export function requestedStorage(claim: unknown): string | undefined {
  const { spec } = (claim ?? {}) as { spec?: { resources?: { requests?: { storage?: unknown } } } };
  const storage = spec?.resources?.requests?.storage;
  return typeof storage === "string" ? storage : undefined;
}
