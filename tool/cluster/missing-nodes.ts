import type { V1Node, V1Pod, V1VolumeAttachment } from "@kubernetes/client-node";
import { hasEnded } from "./kubernetes";

/**
 * Effect of a deleted Node object on a store that waits for evidence. Kubernetes assumes that the node is gone: it
 * deletes the node's pods within a minute, and detaches their volumes about 6 minutes later.
 */
export const deletedNodeEffect =
  "if its Node object is deleted (kubectl delete node, a cloud controller, an autoscaler), Kubernetes moves the store about 7 minutes " +
  "later, without evidence that the node is powered off";

/** An object that refers to a node whose Node object does not exist. */
export interface OnMissingNode {
  /** Name of the object for kubectl, such as `pods/photos-1`. */
  object: string;
  node: string;
}

/** Returns the running pods and the volume attachments on nodes without a Node object. */
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

/** Explains a store's object on such a node, with the fix. */
export function missingNodeText({ object, node }: OnMissingNode): string {
  return (
    `${object} is on ${node}, whose Node object was deleted: Kubernetes moves the store without evidence that ${node} is powered off. ` +
    `${powerOffText(node)}`
  );
}

/** Returns the instruction to the operator until the store has moved. */
export function powerOffText(node: string): string {
  return `Power ${node} off: a gateway that still runs there keeps writing, and its acknowledged writes are lost`;
}
