import type * as pulumi from "@pulumi/pulumi";
import { updateHook, warnFromHook } from "../update-hook";

/** Annotation of Longhorn's namespace with the parameters of the StorageClass for stores, as JSON. */
export const classAnnotation = "longhorn-s3/storage-class-parameters";

/** Returns a hook that warns that a changed StorageClass affects only new volumes, as early as in the preview. */
export function classChangeHook(name: string): pulumi.ResourceHook[] {
  return updateHook(`${name}-changed-class`, ({ oldInputs, newInputs }) => {
    const changed = changedParameters(parametersIn(oldInputs), parametersIn(newInputs));
    if (changed.length > 0) warnFromHook(changedClassText(changed));
  });
}

/** Returns the changed parameters, each as `numberOfReplicas 3 → 2`. */
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
    `the StorageClass is replaced (${changed.join(", ")}), which affects only new volumes: existing volumes keep their parameters. ` +
    "To change the replicas or the data locality of an existing volume, patch it: kubectl -n longhorn-system " +
    'patch volumes.longhorn.io VOLUME --type merge -p \'{"spec":{"numberOfReplicas":N}}\''
  );
}

function parametersIn(namespace: unknown): Record<string, string> | undefined {
  const { metadata } = (namespace ?? {}) as { metadata?: { annotations?: Record<string, unknown> } };
  const text = metadata?.annotations?.[classAnnotation];
  return typeof text === "string" ? (JSON.parse(text) as Record<string, string>) : undefined;
}
