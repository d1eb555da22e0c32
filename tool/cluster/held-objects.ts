import {
  ApisApi,
  CoreV1Api,
  CustomObjectsApi,
  KubernetesObjectApi,
  type KubeConfig,
  type KubernetesObject,
  type V1APIResourceList,
} from "@kubernetes/client-node";

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
