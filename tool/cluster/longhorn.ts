import { CustomObjectsApi, type KubeConfig, StorageV1Api } from "@kubernetes/client-node";
import { isApiError } from "./kubernetes";
import { longhornNamespace } from "../../components/longhorn/longhorn-namespace";

const longhornApi = { group: "longhorn.io", version: "v1beta2" } as const;

/** Returns API group, version and namespace of Longhorn's objects, as `CustomObjectsApi` takes them; `plural` is left to the caller. */
export async function longhornObjects(config: KubeConfig): Promise<typeof longhornApi & { namespace: string }> {
  return { ...longhornApi, namespace: await readLonghornNamespace(config) };
}

/** Setting by which a Longhorn is found: every version has it. */
const versionSetting = "current-longhorn-version";

/** Namespaces that were found; several reads of a command look for one at the same time. */
const namespaces = new WeakMap<KubeConfig, Promise<string | undefined>>();

/**
 * Returns the namespace of the cluster's Longhorn, of which a cluster has one at most. It is Longhorn's default one if there is none, or
 * if these credentials may not look for it.
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

/** A volume of Longhorn's, as far as it is read. */
export interface LonghornVolume {
  metadata: { name: string };
  /** `size` in bytes, as a text. */
  spec?: { numberOfReplicas?: number; size?: string };
  status?: { state?: string; robustness?: string; lastBackupAt?: string };
}

/** The name of Longhorn's CSI driver, as PersistentVolumes and nodes have it. */
export const longhornDriver = "driver.longhorn.io";

/**
 * Reads a volume by Longhorn's own name of it.
 *
 * @throws ApiException where there is none
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
 * The value of one of Longhorn's settings, by the setting's name; empty where it has none.
 *
 * @throws ApiException where there is no such setting, or no Longhorn
 */
export async function readLonghornSetting(config: KubeConfig, name: string): Promise<string> {
  const custom = config.makeApiClient(CustomObjectsApi);
  const found = custom.getNamespacedCustomObject({ ...(await longhornObjects(config)), plural: "settings", name });
  return (await (found as Promise<{ value?: string }>)).value ?? "";
}

/** Names of the nodes on which Longhorn's CSI driver is. */
export async function readNodesWithDriver(config: KubeConfig): Promise<string[]> {
  const { items } = await config.makeApiClient(StorageV1Api).listCSINode();
  return items
    .filter(({ spec }) => spec.drivers.some(({ name }) => name === longhornDriver))
    .map(({ metadata }) => metadata?.name ?? "");
}
