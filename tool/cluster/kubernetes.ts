import { ApiException, type CoreV1Api } from "@kubernetes/client-node";

/** Returns the answer of the API server; undefined if it has no such object. */
export async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined;
    throw error;
  }
}

/** Object with conditions: a node or pod of Kubernetes, or a node of Longhorn. */
export interface WithConditions {
  status?: { conditions?: readonly { type: string; status: string }[] };
}

/** Whether its condition Ready is True; not where it has none yet. */
export function isReady({ status }: WithConditions): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false;
}

/** A pod by its name, and by the UID that another one of that name would not have. */
interface PodToDelete {
  namespace: string;
  name: string;
  uid: string;
}

/**
 * Deletes this pod and no other. It is no error if the pod no longer exists or another pod has taken its name.
 *
 * @param gracePeriodSeconds default: the pod's own
 */
export async function deletePod(
  core: CoreV1Api,
  { namespace, name, uid }: PodToDelete,
  gracePeriodSeconds?: number,
): Promise<void> {
  try {
    await core.deleteNamespacedPod({ namespace, name, body: { gracePeriodSeconds, preconditions: { uid } } });
  } catch (error) {
    if (!(error instanceof ApiException && [404, 409].includes(error.code))) throw error;
  }
}

/** Whether an image is among those that a node tells, by its full name or with the registry's host before it. */
export function hasImage(names: readonly string[], image: string): boolean {
  return names.some((name) => name === image || name.endsWith(`/${image}`));
}
