import type { V1Node, V1Pod, V1VolumeAttachment } from "@kubernetes/client-node";
import { isTerminating } from "./affected-pods";
import { fenceMarkOf, isOutOfService, type FenceMark } from "./mark";
import { isReady } from "../../cluster/kubernetes";
import { outOfServiceTaint } from "../../../components/taints";
import { readyCondition } from "./silence";

/** A fenced node with what is left on it. */
export interface FencedNode {
  node: V1Node;
  /** The pods on it. */
  pods: readonly V1Pod[];
  /** All attachments of the cluster. */
  attachments: readonly V1VolumeAttachment[];
}

/** Everything that speaks against taking a node back into service. */
export function unfenceRefusals({ node, pods, attachments }: FencedNode): string[] {
  // A node without the taint is in service: there is nothing left to wait for.
  if (!isOutOfService(node)) return [];
  const mark = fenceMarkOf(node);
  const name = node.metadata?.name ?? "";
  if (mark === undefined) {
    return [
      "Its out-of-service taint was not set by longhorn-s3. A fencing agent takes its own away; what a person has set goes by " +
        `kubectl taint node ${name} ${outOfServiceTaint.key}-`,
    ];
  }
  return [
    ...notBack(node),
    ...pods.filter((pod) => isTerminating(pod) && wasThere(pod, mark)).map(terminating),
    ...attachments.filter((attachment) => isLeft(attachment, name, mark)).map(left),
    ...mounted(node, mark),
  ];
}

function notBack(node: V1Node): string[] {
  if (isReady(node)) return [];
  const { status = "unknown", reason = "" } = readyCondition(node) ?? {};
  return [
    `The node is not back: its condition Ready is ${status}${reason === "" ? "" : ` (${reason})`}. Switch it on, and wait until ` +
      `kubectl get node ${node.metadata?.name ?? ""} says Ready. A node that never comes back is deleted with kubectl delete node.`,
  ];
}

/** Whether a pod is older than the fence. */
function wasThere({ metadata }: V1Pod, { at }: FenceMark): boolean {
  const created = metadata?.creationTimestamp?.getTime();
  return created === undefined || at === "" || created <= Date.parse(at);
}

function terminating({ metadata }: V1Pod): string {
  const { namespace = "", name = "", finalizers = [] } = metadata ?? {};
  if (finalizers.length > 0) {
    return `Pod ${namespace}/${name}, which was on it, is held by ${finalizers.join(", ")}: see that the controller that set it runs.`;
  }
  return (
    `Pod ${namespace}/${name}, which was on it, is still terminating: the kubelet removes it within its grace period. Wait, and ` +
    `run this again; where it stays, kubectl -n ${namespace} describe pod ${name} says why.`
  );
}

function isLeft({ spec }: V1VolumeAttachment, node: string, { volumes }: FenceMark): boolean {
  return spec.nodeName === node && volumes.includes(spec.source.persistentVolumeName ?? "");
}

function left({ metadata, spec }: V1VolumeAttachment): string {
  const name = metadata?.name ?? "";
  return (
    `VolumeAttachment ${name} still binds volume ${spec.source.persistentVolumeName ?? ""} to it: Kubernetes takes it away ` +
    `within a few minutes. Wait, and run this again; where it stays, kubectl describe volumeattachment ${name} says why.`
  );
}

/** The kubelet says which volumes it has not unmounted yet; as long as it is not back, it says what it said last. */
function mounted(node: V1Node, { volumes }: FenceMark): string[] {
  const { metadata, status } = node;
  const inUse = isReady(node) ? (status?.volumesInUse ?? []) : [];
  return volumes
    .filter((volume) => inUse.some((one) => one.endsWith(`^${volume}`)))
    .map(
      (volume) =>
        `Its kubelet still has volume ${volume} mounted: it unmounts what no pod uses. Wait, and run this again; where it ` +
        `stays, restart node ${metadata?.name ?? ""}.`,
    );
}
