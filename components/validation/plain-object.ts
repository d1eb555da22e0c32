import * as pulumi from "@pulumi/pulumi";

/** Reports whether `value` is an object with keys: neither null nor a list, and known before the update. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !pulumi.Output.isInstance(value) && !(value instanceof Promise);
}
