import type * as pulumi from "@pulumi/pulumi";
import { updateHook } from "../update-hook";
import { refuse, type Violation } from "../validation/violations";

/** Reports whether Kubernetes or Longhorn has a namespace for itself. */
export function isSystemNamespace(namespace: string, longhornNamespace: string): boolean {
  return namespace === "default" || namespace.startsWith("kube-") || namespace === longhornNamespace;
}

/**
 * Refuses to create a store in a system namespace, in the preview already. Only the creation of an object tells that a store is new:
 * an existing one stays where its volume is.
 *
 * @param name a name that no other hook of the program has
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

export function systemNamespaceViolation(namespace: string): Violation {
  return {
    field: "namespace",
    got: namespace,
    allowed:
      "a namespace of the store's own: what runs in this one would be subject to the store's Pod Security level, or be deleted with the " +
      "store's objects",
    fixes: [{ field: "namespace", value: "photos" }],
  };
}

/** Returns the warning about an existing store in a system namespace. */
export function systemNamespaceWarnings(namespace: string, longhornNamespace: string): string[] {
  if (!isSystemNamespace(namespace, longhornNamespace)) return [];
  return [
    `the store is in the namespace ${namespace}, which is Kubernetes' or Longhorn's own. A new store is refused there; an existing one ` +
      "stays, since its volume cannot change its namespace",
  ];
}
