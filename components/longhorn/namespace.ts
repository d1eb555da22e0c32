import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedLonghornArgs } from "./args";
import { existingObjectHook } from "../existing-object";
import { onCreationOnly, withStackLabel } from "../stack-label";
import { classChangeHook, classAnnotation } from "./class-change-hook";
import { storageClassParameters } from "./storage-class";

/**
 * Creates Longhorn's namespace; returns undefined if it exists. Longhorn's pods are privileged and mount host paths, which the
 * default Pod Security level may forbid. The annotation lets the next update detect a changed class: a class is replaced, and
 * only the update of an object reveals its old values.
 */
export function createNamespace(
  name: string,
  { namespace, createNamespace: isOurs, storageClass }: ResolvedLonghornArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Namespace | undefined {
  if (!isOurs) return undefined;
  const resource = `${name}-namespace`;
  const labels = Object.fromEntries(
    ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, "privileged"]),
  );
  const { reclaimPolicy } = storageClass;
  const annotations = {
    [classAnnotation]: JSON.stringify({ ...storageClassParameters(storageClass), reclaimPolicy }),
  };
  return new k8s.core.v1.Namespace(
    resource,
    { metadata: { name: namespace, labels: withStackLabel(labels), annotations } },
    {
      ...onCreationOnly(opts),
      hooks: { afterCreate: existingNamespaceHook(name, namespace, resource), beforeUpdate: classChangeHook(name) },
    },
  );
}

const exampleReference = { version: "1.12.1", storageClassName: "longhorn", podDeletionPolicy: "do-nothing" };

function existingNamespaceHook(name: string, namespace: string, resource: string): pulumi.ResourceHook[] {
  return existingObjectHook(`${resource}-existing`, {
    ...{ subject: `Longhorn "${name}"`, kind: "Namespace", name: namespace, resource },
    ...{ field: "createNamespace", got: true },
    fixes: [
      {
        field: "existingLonghorn",
        value: exampleReference,
        note: "in stores, instead of this Longhorn, if the namespace contains one",
      },
      { field: "createNamespace", value: false, note: "if the namespace contains no Longhorn" },
    ],
  });
}
