import type { CoreV1Api, V1Pod } from "@kubernetes/client-node";

/** Error response of the API server. */
export interface ApiError extends Error {
  code: number;
  body: unknown;
}

/**
 * Returns whether an error is a response of the API server, optionally with one of these status codes. The class is not
 * checked, because a process can have several copies of the client.
 */
export function isApiError(error: unknown, ...codes: readonly number[]): error is ApiError {
  if (!(error instanceof Error) || !("code" in error && "body" in error && "headers" in error)) return false;
  return typeof error.code === "number" && (codes.length === 0 || codes.includes(error.code));
}

/** Returns the response of the API server; undefined if the object does not exist. */
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

/** Returns whether its condition Ready is True; false without the condition. */
export function isReady({ status }: WithConditions): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false;
}

/**
 * Returns whether all containers of a pod have ended permanently. An evicted pod remains, usually in phase Failed. It holds no
 * volume, and its controller has replaced it.
 */
export function hasEnded({ status }: V1Pod): boolean {
  return status?.phase === "Succeeded" || status?.phase === "Failed";
}

/** Pod, identified by its name and its UID. */
interface PodToDelete {
  namespace: string;
  name: string;
  uid: string;
}

/**
 * Deletes this pod and no other. It is not an error if the pod does not exist, or if another pod has its name.
 *
 * @param gracePeriodSeconds default: that of the pod
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

/** Returns whether an image is among those that a node reports, by its full name or with the registry's host prepended. */
export function hasImage(names: readonly string[], image: string): boolean {
  return names.some((name) => name === image || name.endsWith(`/${image}`));
}
