import type { CoreV1Api, V1Pod } from "@kubernetes/client-node";

/** Error answer of the API server. */
export interface ApiError extends Error {
  code: number;
  body: unknown;
}

/**
 * Whether an error is an answer of the API server, with one of these status codes if any are given. The client's class does not tell:
 * a process can have several copies of the client.
 */
export function isApiError(error: unknown, ...codes: readonly number[]): error is ApiError {
  if (!(error instanceof Error) || !("code" in error && "body" in error && "headers" in error)) return false;
  return typeof error.code === "number" && (codes.length === 0 || codes.includes(error.code));
}

/** Returns the answer of the API server; undefined if it has no such object. */
export async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isApiError(error, 404)) return undefined;
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

/**
 * Whether all containers of a pod have ended for good. A pod that the kubelet has evicted stays so, mostly in phase Failed: it holds
 * no volume, and its controller has replaced it.
 */
export function hasEnded({ status }: V1Pod): boolean {
  return status?.phase === "Succeeded" || status?.phase === "Failed";
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
    if (!isApiError(error, 404, 409)) throw error;
  }
}

/** Whether an image is among those that a node tells, by its full name or with the registry's host before it. */
export function hasImage(names: readonly string[], image: string): boolean {
  return names.some((name) => name === image || name.endsWith(`/${image}`));
}
