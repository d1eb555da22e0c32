import * as pulumi from "@pulumi/pulumi";

/** Label of the objects that a stack created. Its value is the stack's name. */
export const stackLabel = "longhorn-s3/stack";

const longestValue = 63;

/** Returns the labels, and the label of the current stack. */
export function withStackLabel(labels: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...labels, [stackLabel]: stackLabelOf(pulumi.getProject(), pulumi.getStack()) };
}

/**
 * Returns the label value of a stack. Stacks with the same project and name in different backends or organizations have the
 * same value.
 */
export function stackLabelOf(project: string, stack: string): string {
  const name = `${project}.${stack}`;
  if (/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i.test(name) && name.length <= longestValue) return name;
  const readable = name.replace(/[^a-z0-9-]+/gi, "-").replace(/^-+/, "");
  return `${readable.slice(0, longestValue - 9)}-${fingerprint(name)}`.replace(/^-/, "");
}

/** Returns the 32-bit FNV-1a hash, which distinguishes long names with the same prefix. */
function fingerprint(text: string): string {
  const hash = [...text].reduce((sum, letter) => Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193), 0x811c9dc5);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/**
 * Returns options that set the label on creation only. Objects created by earlier versions of this package do not get it.
 *
 * @param path property to ignore: all of `metadata.labels` for an object without other labels, which would otherwise get an empty map
 */
export function onCreationOnly(
  opts: pulumi.CustomResourceOptions,
  path: "metadata.labels" | `metadata.labels["${typeof stackLabel}"]` = `metadata.labels["${stackLabel}"]`,
): pulumi.CustomResourceOptions {
  return { ...opts, ignoreChanges: [...(opts.ignoreChanges ?? []), path] };
}
