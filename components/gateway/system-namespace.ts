import type * as pulumi from "@pulumi/pulumi";
import { updateHook } from "../update-hook";
import { refuse, type Violation } from "../validation/violations";

/** Reports whether a namespace belongs to Kubernetes or Longhorn. */
export function isSystemNamespace(namespace: string, longhornNamespace: string): boolean {
  return namespace === "default" || namespace.startsWith("kube-") || namespace === longhornNamespace;
}

/**
 * Returns a hook that refuses to create a store in a system namespace, as early as in the preview. An existing store cannot
 * leave its namespace, and only the creation of an object distinguishes a new store.
 *
 * @param name name of the hook, unique in the program
 */
export function newStoreHook(
  name: string,
  subject: string,
  namespace: string,
  longhornNamespace: string,
): pulumi.ResourceHook[] {
  if (!isSystemNamespace(namespace, longhornNamespace)) return [];
  return updateHook(name, () => refuse(subject, [systemNamespaceViolation(namespace)]));
}

/** Returns the refusal of a system namespace. */
export function systemNamespaceViolation(namespace: string): Violation {
  return {
    field: "namespace",
    got: namespace,
    allowed:
      "a separate namespace: other pods in this one would be subject to the store's Pod Security level, and could be deleted with the store",
    fixes: [{ field: "namespace", value: "photos" }],
  };
}

/** Warns about an existing store in a system namespace. */
export function systemNamespaceWarnings(namespace: string, longhornNamespace: string): string[] {
  if (!isSystemNamespace(namespace, longhornNamespace)) return [];
  return [
    `the store is in the namespace ${namespace}, which belongs to Kubernetes or Longhorn. New stores are refused there; this one stays, ` +
      "because a volume cannot change its namespace",
  ];
}
