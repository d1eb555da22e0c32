import {
  CoreV1Api,
  StorageV1Api,
  type KubeConfig,
  type V1Node,
  type V1Pod,
  type V1VolumeAttachment,
} from "@kubernetes/client-node";
import { changeNode } from "../../cluster/optimistic-patch";
import { ExitCode, throwIfInterrupted, ToolError } from "../../errors";
import { during, type Progress } from "../../terminal/progress";
import { outOfServiceTaint } from "../../../components/taints";
import { fenceAnnotation, fenceMarkOf, isOutOfService, type FenceMark } from "./mark";
import { refuse, refuseUnknownNode } from "./refusals";
import { isReady } from "../../cluster/kubernetes";
import { scaleBack, scaledToZero } from "../scale/scale-to-zero";
import { readSilence, readyCondition } from "./silence";
import { isTerminating } from "./affected-pods";

export interface UnfenceOptions {
  node: string;
  /**
   * Asked once, if there is something to revert and no refusal.
   *
   * @default always agrees
   */
  agree?: () => Promise<boolean>;
  progress: Progress;
  signal: AbortSignal;
}

/** Result of reverting a fence. The version increases when a field is removed or changes its meaning. */
export interface UnfenceReport {
  unfenceVersion: 1;
  node: string;
  /** Whether there was something to revert. */
  changed: boolean;
}

/**
 * Reverts the changes of `fenceNode` on a node that has returned and has no remaining pods or attachments from before the
 * fence. Can be run again.
 *
 * @throws ToolError, before anything is changed, if the request is refused or not confirmed
 */
export async function unfenceNode(config: KubeConfig, options: UnfenceOptions): Promise<UnfenceReport> {
  const { node, agree, progress, signal } = options;
  const isFenced = await during(progress, `Check ${node}`, () => lookAt(config, node));
  throwIfInterrupted(signal);
  if (isFenced && agree !== undefined && !(await agree())) {
    throw new ToolError(`Node ${node} stays out of service: nothing was changed.`, ExitCode.Refused);
  }
  await during(progress, "Scale up the stores that a killed fence has left at 0 replicas", () =>
    scaleBackStores(config, node),
  );
  const changed = await during(progress, `Return ${node} to service`, () => takeBack(config, node));
  return { unfenceVersion: 1, node, changed };
}

/**
 * Checks the node.
 *
 * @returns whether there is something to revert
 */
async function lookAt(config: KubeConfig, name: string): Promise<boolean> {
  const core = config.makeApiClient(CoreV1Api);
  const silence = await readSilence(config, name);
  if (silence === undefined) {
    const { items } = await core.listNode();
    refuseUnknownNode(
      name,
      items.map(({ metadata }) => metadata?.name ?? ""),
    );
  }
  const [pods, attachments] = await Promise.all([
    core.listPodForAllNamespaces({ fieldSelector: `spec.nodeName=${name}` }),
    config.makeApiClient(StorageV1Api).listVolumeAttachment(),
  ]);
  const seen = { node: silence.node, pods: pods.items, attachments: attachments.items };
  refuse(`Node ${name} stays out of service`, unfenceRefusals(seen));
  return isMarked(silence.node);
}

async function scaleBackStores(config: KubeConfig, name: string): Promise<void> {
  const mark = fenceMarkOf(await config.makeApiClient(CoreV1Api).readNode({ name }));
  const left = (await scaledToZero(config)).filter(({ namespace, name: store }) =>
    mark?.stores.includes(`${namespace}/${store}`),
  );
  await Promise.all(left.map((gateway) => scaleBack(config, gateway)));
}

function takeBack(config: KubeConfig, name: string): Promise<boolean> {
  return changeNode(config.makeApiClient(CoreV1Api), name, (node) => {
    if (!isMarked(node)) return undefined;
    if (isOutOfService(node) && !isReady(node)) refuseReturned(node);
    return {
      annotations: { [fenceAnnotation]: null },
      ...(isOutOfService(node) && { taints: node.spec?.taints?.filter(({ key }) => key !== outOfServiceTaint.key) }),
    };
  });
}

const isMarked = ({ metadata }: V1Node): boolean => metadata?.annotations?.[fenceAnnotation] !== undefined;

function refuseReturned({ metadata }: V1Node): void {
  refuse(`Node ${metadata?.name ?? ""} stays out of service`, ["The node has just become NotReady."]);
}

/** Fenced node with its remaining pods and attachments. */
interface FencedNode {
  node: V1Node;
  /** Pods on the node. */
  pods: readonly V1Pod[];
  /** All attachments of the cluster. */
  attachments: readonly V1VolumeAttachment[];
}

/** Returns all reasons not to return a node to service. */
export function unfenceRefusals({ node, pods, attachments }: FencedNode): string[] {
  // A node without the taint is in service: there is nothing left to wait for.
  if (!isOutOfService(node)) return [];
  const mark = fenceMarkOf(node);
  const name = node.metadata?.name ?? "";
  if (mark === undefined) {
    return [
      "Its out-of-service taint was not set by longhorn-s3. A remediator removes its own. To remove one that was set manually: " +
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
    `The node has not returned: its condition Ready is ${status}${reason === "" ? "" : ` (${reason})`}. Power it on, and wait until ` +
      `kubectl get node ${node.metadata?.name ?? ""} shows Ready. Delete a node that will not return with kubectl delete node, once it is powered off.`,
  ];
}

/** Returns whether a pod is older than the fence. */
function wasThere({ metadata }: V1Pod, { at }: FenceMark): boolean {
  const created = metadata?.creationTimestamp?.getTime();
  return created === undefined || at === "" || created <= Date.parse(at);
}

function terminating({ metadata }: V1Pod): string {
  const { namespace = "", name = "", finalizers = [] } = metadata ?? {};
  if (finalizers.length > 0) {
    return `Pod ${namespace}/${name}, which was on it, is held by ${finalizers.join(", ")}: check that the controller that set it runs.`;
  }
  return (
    `Pod ${namespace}/${name}, which was on it, is still terminating: the kubelet removes it within its grace period. Wait, and ` +
    `run this again. If it stays, see kubectl -n ${namespace} describe pod ${name}.`
  );
}

function isLeft({ spec }: V1VolumeAttachment, node: string, { volumes }: FenceMark): boolean {
  return spec.nodeName === node && volumes.includes(spec.source.persistentVolumeName ?? "");
}

function left({ metadata, spec }: V1VolumeAttachment): string {
  const name = metadata?.name ?? "";
  return (
    `VolumeAttachment ${name} still binds volume ${spec.source.persistentVolumeName ?? ""} to it: Kubernetes removes it ` +
    `within a few minutes. Wait, and run this again. If it stays, see kubectl describe volumeattachment ${name}.`
  );
}

/** Returns the volumes that the kubelet reports as mounted. Until it returns, its last report stands. */
function mounted(node: V1Node, { volumes }: FenceMark): string[] {
  const { metadata, status } = node;
  const inUse = isReady(node) ? (status?.volumesInUse ?? []) : [];
  return volumes
    .filter((volume) => inUse.some((one) => one.endsWith(`^${volume}`)))
    .map(
      (volume) =>
        `Its kubelet still has volume ${volume} mounted: it unmounts unused volumes. Wait, and run this again. If it ` +
        `stays, restart node ${metadata?.name ?? ""}.`,
    );
}
