import type { V1Node, V1Pod, V1VolumeAttachment } from "@kubernetes/client-node";
import { hasEnded } from "./kubernetes";

/**
 * Effect of a deleted Node object on a store that waits for evidence. Kubernetes takes the deletion as evidence: it deletes
 * the node's pods within a minute, and detaches their volumes about 6 minutes later.
 */
export const deletedNodeEffect =
  "if its Node object is deleted (kubectl delete node, a cloud controller, an autoscaler), Kubernetes moves the store about 7 minutes " +
  "later, without evidence that the node is powered off";

/** Object on a node whose Node object does not exist. */
export interface OnMissingNode {
  /** Object as kubectl accepts it, such as `pods/photos-1`. */
  object: string;
  node: string;
}

/** Returns the pods that have not ended, and the attachments, on nodes without a Node object. */
export function onMissingNodes(
  nodes: readonly V1Node[],
  pods: readonly V1Pod[],
  attachments: readonly V1VolumeAttachment[],
): OnMissingNode[] {
  const existing = new Set(nodes.map(({ metadata }) => metadata?.name));
  return [
    ...pods
      .filter((pod) => !hasEnded(pod))
      .map(({ metadata, spec }) => ({ object: `pods/${metadata?.name ?? ""}`, node: spec?.nodeName })),
    ...attachments.map(({ metadata, spec }) => ({
      object: `volumeattachments.storage.k8s.io/${metadata?.name ?? ""}`,
      node: spec.nodeName,
    })),
  ].flatMap(({ object, node }) => (node === undefined || existing.has(node) ? [] : [{ object, node }]));
}

/** Returns the explanation of a store's object on such a node, with the fix. */
export function missingNodeText({ object, node }: OnMissingNode): string {
  return (
    `${object} is on ${node}, whose Node object was deleted: Kubernetes moves the store without evidence that ${node} is powered off. ` +
    `${powerOffText(node)}`
  );
}

/** Returns the instruction for the operator until the store has moved. */
export function powerOffText(node: string): string {
  return `Power ${node} off: a gateway that still runs there continues to write, and its acknowledged writes are lost`;
}
