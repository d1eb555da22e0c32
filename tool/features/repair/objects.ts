import {
  type KubernetesObject,
  KubernetesObjectApi,
  ApisApi,
  CoreV1Api,
  CustomObjectsApi,
  type KubeConfig,
  type V1APIResourceList,
} from "@kubernetes/client-node";

/** Those of the objects that are not in the cluster, in the same order. */
export async function absentOf(
  api: KubernetesObjectApi,
  objects: readonly KubernetesObject[],
): Promise<KubernetesObject[]> {
  const absent: KubernetesObject[] = [];
  for (const object of objects) if (!(await exists(api, object))) absent.push(object);
  return absent;
}

/** A kind that the API server does not know has no objects. */
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

/** Objects of a namespace, whatever their kind, that are being deleted and wait for their finalizers. */
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

/** What the API server offers; an aggregated API that does not answer offers nothing. */
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
