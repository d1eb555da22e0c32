import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedLonghornArgs } from "./args";
import { changedClassHook, classAnnotation } from "./changed-class";
import { storageClassParameters } from "./storage-class";

/**
 * Longhorn's namespace; undefined where it is there already. Longhorn's pods are privileged and mount folders of the node, which
 * the default level of Pod Security may forbid. The annotation is how the next update tells that the class has changed: a class is
 * replaced, and only the change of an object shows what it was.
 */
export function createNamespace(
  name: string,
  { namespace, createNamespace: isOurs, storageClass }: ResolvedLonghornArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Namespace | undefined {
  if (!isOurs) return undefined;
  const labels = Object.fromEntries(
    ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, "privileged"]),
  );
  const { reclaimPolicy } = storageClass;
  const annotations = {
    [classAnnotation]: JSON.stringify({ ...storageClassParameters(storageClass), reclaimPolicy }),
  };
  return new k8s.core.v1.Namespace(
    `${name}-namespace`,
    { metadata: { name: namespace, labels, annotations } },
    { ...opts, hooks: { beforeUpdate: changedClassHook(name) } },
  );
}
