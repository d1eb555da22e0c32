import type * as pulumi from "@pulumi/pulumi";
import { updateHook, warnFromHook } from "../update-hook";

/** Annotation of Longhorn's namespace with the parameters of the StorageClass for stores, as JSON. */
export const classAnnotation = "longhorn-s3/storage-class-parameters";

/** Warns, in the preview already, that a changed StorageClass is for new volumes only. */
export function classChangeHook(name: string): pulumi.ResourceHook[] {
  return updateHook(`${name}-changed-class`, ({ oldInputs, newInputs }) => {
    const changed = changedParameters(parametersIn(oldInputs), parametersIn(newInputs));
    if (changed.length > 0) warnFromHook(changedClassText(changed));
  });
}

/** The parameters that are not the same in both, each as `numberOfReplicas 3 → 2`. */
export function changedParameters(
  old: Readonly<Record<string, string>> | undefined,
  parameters: Readonly<Record<string, string>> | undefined,
): string[] {
  if (old === undefined || parameters === undefined) return [];
  const names = [...new Set([...Object.keys(old), ...Object.keys(parameters)])].sort();
  return names
    .filter((name) => old[name] !== parameters[name])
    .map((name) => `${name} ${old[name] ?? "unset"} → ${parameters[name] ?? "unset"}`);
}

function changedClassText(changed: readonly string[]): string {
  return (
    `the StorageClass is replaced (${changed.join(", ")}), which acts on new volumes only: those that exist keep what they were ` +
    "made with. The replicas and the data locality of a volume in use are changed in Longhorn: kubectl -n longhorn-system " +
    'patch volumes.longhorn.io VOLUME --type merge -p \'{"spec":{"numberOfReplicas":N}}\''
  );
}

function parametersIn(namespace: unknown): Record<string, string> | undefined {
  const { metadata } = (namespace ?? {}) as { metadata?: { annotations?: Record<string, unknown> } };
  const text = metadata?.annotations?.[classAnnotation];
  return typeof text === "string" ? (JSON.parse(text) as Record<string, string>) : undefined;
}
