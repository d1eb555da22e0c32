import { CustomObjectsApi, type KubeConfig, StorageV1Api } from "@kubernetes/client-node";
import { isApiError } from "./kubernetes";
import { longhornNamespace } from "../../components/longhorn/longhorn-namespace";

const longhornApi = { group: "longhorn.io", version: "v1beta2" } as const;

/** Returns API group, version and namespace of Longhorn's objects for `CustomObjectsApi`, without `plural`. */
export async function longhornObjects(config: KubeConfig): Promise<typeof longhornApi & { namespace: string }> {
  return { ...longhornApi, namespace: await readLonghornNamespace(config) };
}

/** Setting that exists in every version, by which a Longhorn is found. */
const versionSetting = "current-longhorn-version";

/** Cached namespaces, because several reads of a command need one at the same time. */
const namespaces = new WeakMap<KubeConfig, Promise<string | undefined>>();

/**
 * Returns the namespace of the cluster's only Longhorn. It is the default one if there is no Longhorn, or if the credentials
 * do not allow the search.
 */
export async function readLonghornNamespace(config: KubeConfig): Promise<string> {
  const found = namespaces.get(config) ?? findNamespace(config);
  namespaces.set(config, found);
  const namespace = await found.catch((error: unknown) => {
    namespaces.delete(config);
    throw error;
  });
  if (namespace === undefined) namespaces.delete(config);
  return namespace ?? longhornNamespace;
}

async function findNamespace(config: KubeConfig): Promise<string | undefined> {
  const custom = config.makeApiClient(CustomObjectsApi);
  const fieldSelector = `metadata.name=${versionSetting}`;
  try {
    const listed = custom.listCustomObjectForAllNamespaces({ ...longhornApi, plural: "settings", fieldSelector });
    const { items } = await (listed as Promise<{ items: { metadata?: { namespace?: string } }[] }>);
    const found = items.flatMap(({ metadata }) => metadata?.namespace ?? []);
    return found.includes(longhornNamespace) ? longhornNamespace : found[0];
  } catch (error) {
    if (isApiError(error, 403, 404)) return undefined;
    throw error;
  }
}

/** Volume of Longhorn, limited to the fields in use. */
export interface LonghornVolume {
  metadata: { name: string };
  /** `size` in bytes, as text. */
  spec?: { numberOfReplicas?: number; size?: string };
  status?: { state?: string; robustness?: string; lastBackupAt?: string };
}

/** Name of Longhorn's CSI driver in PersistentVolumes and nodes. */
export const longhornDriver = "driver.longhorn.io";

/**
 * Reads a volume by the name of Longhorn's volume.
 *
 * @throws ApiException if it does not exist
 */
export async function readLonghornVolume(config: KubeConfig, name: string): Promise<LonghornVolume> {
  const custom = config.makeApiClient(CustomObjectsApi);
  const objects = await longhornObjects(config);
  return custom.getNamespacedCustomObject({ ...objects, plural: "volumes", name }) as Promise<LonghornVolume>;
}

/** Lists Longhorn's objects of a kind. */
export async function listLonghorn<T>(config: KubeConfig, plural: string): Promise<T[]> {
  const custom = config.makeApiClient(CustomObjectsApi);
  const listed = custom.listNamespacedCustomObject({ ...(await longhornObjects(config)), plural });
  return (await (listed as Promise<{ items: T[] }>)).items;
}

/**
 * Returns the value of one of Longhorn's settings; empty if it has none.
 *
 * @throws ApiException if the setting does not exist, or without Longhorn
 */
export async function readLonghornSetting(config: KubeConfig, name: string): Promise<string> {
  const custom = config.makeApiClient(CustomObjectsApi);
  const found = custom.getNamespacedCustomObject({ ...(await longhornObjects(config)), plural: "settings", name });
  return (await (found as Promise<{ value?: string }>)).value ?? "";
}

/** Returns the names of the nodes with Longhorn's CSI driver. */
export async function readNodesWithDriver(config: KubeConfig): Promise<string[]> {
  const { items } = await config.makeApiClient(StorageV1Api).listCSINode();
  return items
    .filter(({ spec }) => spec.drivers.some(({ name }) => name === longhornDriver))
    .map(({ metadata }) => metadata?.name ?? "");
}
