import { CoreV1Api, KubernetesObjectApi, type KubeConfig } from "@kubernetes/client-node";
import { longhornNamespace } from "../../../components/longhorn";
import { unlessAbsent } from "../../cluster/kubernetes";
import { storedRelease, type StoredRelease } from "../../cluster/helm-records";
import { listLonghorn } from "../../cluster/longhorn";
import { readOwner, type ReleaseOwner } from "./owner";
import type { PlannedResource } from "./planned";

/** Parts of a planned Longhorn that exist in the cluster. */
export interface SeenLonghorn {
  /** Latest revision of the Helm release; undefined if there is none. */
  release?: StoredRelease;
  /** Controller that manages the release; undefined if there is none. */
  owner?: ReleaseOwner;
  /** Helm releases of all namespaces, as `namespace/name`. */
  releases: readonly string[];
  /** Values of Longhorn's settings, by name. */
  settings: Readonly<Record<string, string>>;
  /** Planned objects that exist, by URN. */
  objects: Readonly<Record<string, SeenObject>>;
}

export interface SeenObject {
  /** ID for the import: `name`, or `namespace/name`. */
  id: string;
  labels: Readonly<Record<string, string>>;
}

/** Reads the release of that name, Longhorn's settings, and the planned objects that exist. Changes nothing. */
export async function readLonghorn(
  config: KubeConfig,
  release: string,
  planned: readonly PlannedResource[],
): Promise<SeenLonghorn> {
  const core = config.makeApiClient(CoreV1Api);
  const { items: records } = await core.listSecretForAllNamespaces({ labelSelector: "owner=helm" });
  const own = records
    .filter(({ metadata }) => metadata?.namespace === longhornNamespace && metadata.labels?.["name"] === release)
    .sort((one, other) => revisionOf(one) - revisionOf(other));
  const newest = own.at(-1);
  return {
    ...(newest && { release: storedRelease(newest) }),
    owner: await readOwner(config, release),
    releases: [
      ...new Set(records.map(({ metadata }) => `${metadata?.namespace ?? ""}/${metadata?.labels?.["name"] ?? ""}`)),
    ].sort(),
    settings: await readSettings(config),
    objects: Object.fromEntries(await existing(KubernetesObjectApi.makeApiClient(config), planned)),
  };
}

const revisionOf = ({ metadata }: { metadata?: { labels?: Record<string, string> } }): number =>
  Number(metadata?.labels?.["version"]);

interface Setting {
  metadata: { name: string };
  value?: string;
}

async function readSettings(config: KubeConfig): Promise<Record<string, string>> {
  const items = (await unlessAbsent(listLonghorn<Setting>(config, "settings"))) ?? [];
  return Object.fromEntries(items.map(({ metadata, value = "" }) => [metadata.name, value]));
}

async function existing(
  api: KubernetesObjectApi,
  planned: readonly PlannedResource[],
): Promise<[string, SeenObject][]> {
  const found = planned.map(async ({ urn, inputs }): Promise<[string, SeenObject][]> => {
    const { apiVersion, kind, metadata } = inputs as {
      apiVersion?: string;
      kind?: string;
      metadata?: { name?: string; namespace?: string };
    };
    const { name, namespace } = metadata ?? {};
    // One that Pulumi names is a new one.
    if (kind === undefined || name === undefined) return [];
    const object = await unlessAbsent(api.read({ apiVersion, kind, metadata: { name, namespace } }));
    if (object === undefined) return [];
    const id = namespace === undefined ? name : `${namespace}/${name}`;
    return [[urn, { id, labels: object.metadata?.labels ?? {} }]];
  });
  return (await Promise.all(found)).flat();
}
