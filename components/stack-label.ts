import * as pulumi from "@pulumi/pulumi";

/** Label of the objects that a stack has created, with the stack's name. */
export const stackLabel = "longhorn-s3/stack";

const longestValue = 63;

/** Returns the labels together with the label of the stack that is being deployed. */
export function withStackLabel(labels: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...labels, [stackLabel]: stackLabelOf(pulumi.getProject(), pulumi.getStack()) };
}

/** Returns the label's value for a stack. Stacks of one project and name in two backends, or two organizations, have the same. */
export function stackLabelOf(project: string, stack: string): string {
  const name = `${project}.${stack}`;
  if (/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i.test(name) && name.length <= longestValue) return name;
  const readable = name.replace(/[^a-z0-9-]+/gi, "-").replace(/^-+/, "");
  return `${readable.slice(0, longestValue - 9)}-${fingerprint(name)}`.replace(/^-/, "");
}

/** FNV-1a with 32 bits, which tells long names apart that begin alike. */
function fingerprint(text: string): string {
  const hash = [...text].reduce((sum, letter) => Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193), 0x811c9dc5);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/**
 * Returns options by which the label is set on creation only. An object of an earlier version of this package has none and gets none.
 *
 * @param path what is ignored: `metadata.labels` as a whole for an object without other labels, which would get an empty map otherwise
 */
export function onCreationOnly(
  opts: pulumi.CustomResourceOptions,
  path: "metadata.labels" | `metadata.labels["${typeof stackLabel}"]` = `metadata.labels["${stackLabel}"]`,
): pulumi.CustomResourceOptions {
  return { ...opts, ignoreChanges: [...(opts.ignoreChanges ?? []), path] };
}
