import type { V1StorageClass } from "@kubernetes/client-node";
import { longhornNamespace } from "../../components/longhorn";
import type { ClusterObjects } from "../../testbed/cluster-objects";
import { longhornRecords } from "./helm-releases";
import type { Checks } from "./store-checks";

/** The StorageClass that Longhorn's own uninstaller leaves. */
const leftByLonghorn = "longhorn-static";

/** StorageClasses that are Longhorn's own. */
const ownClasses = ["longhorn", leftByLonghorn];

/** What Pulumi makes for Longhorn besides the release, as far as it is there. */
export async function longhornObjects(cluster: ClusterObjects): Promise<string[]> {
  const classes = (await longhornClasses(cluster)).filter((name) => !ownClasses.includes(name));
  const hasNamespace = await cluster.exists("v1", "Namespace", longhornNamespace);
  return [
    ...(hasNamespace ? [`Namespace ${longhornNamespace}`] : []),
    ...classes.map((name) => `StorageClass ${name}`),
  ];
}

/** One release, deployed, and no revision that was begun and not ended. */
export async function oneRelease(cluster: ClusterObjects): Promise<Checks> {
  const records = await longhornRecords(cluster);
  const deployed = records.filter(({ status }) => status === "deployed").length;
  const unfinished = records.filter(({ status }) => status.startsWith("pending"));
  return {
    "one release": [
      ...(deployed === 1 ? [] : [`${deployed} revisions are deployed`]),
      ...unfinished.map(({ revision, status }) => `revision ${revision} is ${status}`),
    ],
  };
}

/** Nothing of Longhorn's is left but what its uninstaller leaves whenever it runs. */
export async function noLonghorn(cluster: ClusterObjects): Promise<Checks> {
  const named = (kind: string, names: readonly string[]): string[] => names.map((name) => `${kind} ${name} is left`);
  const definitions = await cluster.names("apiextensions.k8s.io/v1", "CustomResourceDefinition");
  const validating = await cluster.names("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration");
  const mutating = await cluster.names("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration");
  const namespaces = await cluster.names("v1", "Namespace");
  return {
    "no Longhorn": [
      ...named(
        "CustomResourceDefinition",
        definitions.filter((name) => name.endsWith(".longhorn.io")),
      ),
      ...named(
        "webhook",
        [...validating, ...mutating].filter((name) => name.startsWith("longhorn")),
      ),
      ...named(
        "Namespace",
        namespaces.filter((name) => name === longhornNamespace),
      ),
      ...named(
        "StorageClass",
        (await longhornClasses(cluster)).filter((name) => name !== leftByLonghorn),
      ),
    ],
  };
}

async function longhornClasses(cluster: ClusterObjects): Promise<string[]> {
  const classes: V1StorageClass[] = await cluster.list("storage.k8s.io/v1", "StorageClass");
  return classes
    .filter(({ provisioner }) => provisioner === "driver.longhorn.io")
    .map(({ metadata }) => metadata?.name ?? "");
}
