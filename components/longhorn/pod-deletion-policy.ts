/**
 * What Longhorn does with the pods of a node that is down: its setting `node-down-pod-deletion-policy`. It is cluster-wide and
 * acts on the pods of every team that uses a Longhorn volume.
 *
 * @see https://longhorn.io/docs/latest/high-availability/node-failure/
 */
export const PodDeletionPolicy = {
  /** Nothing: the pods stay until the node returns, or until somebody deletes them by force. */
  DoNothing: "do-nothing",
  /** Deletes the pods of StatefulSets by force. */
  DeleteStatefulSetPod: "delete-statefulset-pod",
  /** Deletes the pods of Deployments by force: the smallest that moves a store. */
  DeleteDeploymentPod: "delete-deployment-pod",
  /** Deletes the pods of StatefulSets and Deployments by force. */
  DeleteBothStatefulSetAndDeploymentPod: "delete-both-statefulset-and-deployment-pod",
} as const;

export type PodDeletionPolicy = (typeof PodDeletionPolicy)[keyof typeof PodDeletionPolicy];

/**
 * Reports whether Longhorn removes the pods of Deployments, such as gateways, from a node that is down: terminating pods only.
 *
 * @param policy value of the setting, as the cluster has it
 */
export function actsOnDeployments(policy: string): boolean {
  return (
    policy === PodDeletionPolicy.DeleteDeploymentPod ||
    policy === PodDeletionPolicy.DeleteBothStatefulSetAndDeploymentPod
  );
}
