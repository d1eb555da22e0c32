import {
  type KubernetesObject,
  KubernetesObjectApi,
  ApisApi,
  CoreV1Api,
  CustomObjectsApi,
  type KubeConfig,
  type V1APIResourceList,
} from "@kubernetes/client-node";

/** Returns the objects that do not exist in the cluster, in the same order. */
export async function absentOf(
  api: KubernetesObjectApi,
  objects: readonly KubernetesObject[],
): Promise<KubernetesObject[]> {
  const absent: KubernetesObject[] = [];
  for (const object of objects) if (!(await exists(api, object))) absent.push(object);
  return absent;
}

/** Returns whether an object exists. Of a kind that the API server does not know, none exists. */
async function exists(api: KubernetesObjectApi, { apiVersion, kind, metadata }: KubernetesObject): Promise<boolean> {
  try {
    await api.read({ apiVersion, kind, metadata: { name: metadata?.name ?? "", namespace: metadata?.namespace } });
    return true;
  } catch (error) {
    const isAbsent = typeof error === "object" && error !== null && "code" in error && error.code === 404;
    const isUnknown = error instanceof Error && error.message.startsWith("Unrecognized API version and kind");
    if (isAbsent || isUnknown) return false;
    throw error;
  }
}

/** Returns the objects of all kinds in a namespace that are being deleted and have finalizers. */
export async function heldObjects(
  config: KubeConfig,
  namespace: string,
): Promise<{ object: string; finalizers: readonly string[] }[]> {
  const objects = KubernetesObjectApi.makeApiClient(config);
  const kinds = (await resourceLists(config)).flatMap(({ groupVersion, resources }) =>
    resources
      .filter(({ name, namespaced, verbs }) => namespaced && verbs.includes("list") && !name.includes("/"))
      .map(({ kind }) => ({ apiVersion: groupVersion, kind })),
  );
  const found = await Promise.all(
    kinds.map(async ({ apiVersion, kind }) => {
      const { items } = await objects
        .list<KubernetesObject>(apiVersion, kind, namespace)
        .catch(() => ({ items: [] as KubernetesObject[] }));
      return items
        .filter(({ metadata }) => metadata?.deletionTimestamp !== undefined)
        .map(({ metadata }) => ({ object: `${kind} ${metadata?.name ?? ""}`, finalizers: metadata?.finalizers ?? [] }));
    }),
  );
  return found.flat().filter(({ finalizers }) => finalizers.length > 0);
}

/** Returns the API resources. An aggregated API that is unavailable has none. */
async function resourceLists(config: KubeConfig): Promise<V1APIResourceList[]> {
  const custom = config.makeApiClient(CustomObjectsApi);
  const { groups } = await config.makeApiClient(ApisApi).getAPIVersions();
  const versions = groups.flatMap(({ name: group, preferredVersion }) =>
    preferredVersion === undefined ? [] : [{ group, version: preferredVersion.version }],
  );
  const lists = await Promise.all([
    config.makeApiClient(CoreV1Api).getAPIResources(),
    ...versions.map((version) => custom.getAPIResources(version).catch(() => undefined)),
  ]);
  return lists.filter((list) => list !== undefined);
}
