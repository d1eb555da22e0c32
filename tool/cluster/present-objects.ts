import type { KubernetesObject, KubernetesObjectApi } from "@kubernetes/client-node";

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
