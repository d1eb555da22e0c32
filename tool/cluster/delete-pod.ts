import { ApiException, type CoreV1Api } from "@kubernetes/client-node";

/** A pod by its name, and by the UID that another one of that name would not have. */
export interface PodToDelete {
  namespace: string;
  name: string;
  uid: string;
}

/**
 * Deletes this pod and no other; one that is gone, or on its way by somebody else's hand, is no error.
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
