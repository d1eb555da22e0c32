/**
 * Policy for the pods of a node that is down: Longhorn's setting `node-down-pod-deletion-policy`. It is cluster-wide and
 * affects the pods of all teams that use a Longhorn volume.
 *
 * @see https://longhorn.io/docs/latest/high-availability/node-failure/
 */
export const PodDeletionPolicy = {
  /** Keeps the pods until the node returns, or until they are force-deleted manually. */
  DoNothing: "do-nothing",
  /** Force-deletes the pods of StatefulSets. */
  DeleteStatefulSetPod: "delete-statefulset-pod",
  /** Force-deletes the pods of Deployments. The narrowest policy that lets a store fail over. */
  DeleteDeploymentPod: "delete-deployment-pod",
  /** Force-deletes the pods of StatefulSets and Deployments. */
  DeleteBothStatefulSetAndDeploymentPod: "delete-both-statefulset-and-deployment-pod",
} as const;

export type PodDeletionPolicy = (typeof PodDeletionPolicy)[keyof typeof PodDeletionPolicy];

/**
 * Reports whether Longhorn force-deletes the terminating pods of Deployments, such as gateways, on a node that is down.
 *
 * @param policy value of the setting in the cluster
 */
export function actsOnDeployments(policy: string): boolean {
  return (
    policy === PodDeletionPolicy.DeleteDeploymentPod ||
    policy === PodDeletionPolicy.DeleteBothStatefulSetAndDeploymentPod
  );
}
