import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { affectedPods, type AffectedPod } from "./affected-pods";
import { fenceMarkOf, isOutOfService, joinedMark, type FenceMark } from "./mark";
import { fenceRefusals, refuse, refuseUnknownNode } from "./refusals";
import { readSilence, silentSeconds, type NodeSilence } from "./silence";

/** Consequences of a fence, for the operator who confirms it. */
export interface FencePlan {
  node: string;
  /** Seconds since its last heartbeat by the API server's clock; undefined if there was none. */
  silentSeconds?: number;
  /** Whether the taint is already set. */
  outOfService: boolean;
  /** Mark of an earlier run; undefined for the first one. */
  begun?: FenceMark;
  /** Gateways on the node, which are deleted immediately. */
  gateways: readonly AffectedPod[];
  /** Pods of others with volumes, which are left to Kubernetes. */
  others: readonly AffectedPod[];
  /** All other pods without a volume that the taint evicts. */
  withoutVolume: readonly AffectedPod[];
  /** Content of the node's annotation. */
  mark: FenceMark;
}

/**
 * Reads a node and plans its fence.
 *
 * @throws ToolError with all refusals
 */
export async function planFence(
  config: KubeConfig,
  node: string,
  { silentForSeconds, reachedBy = [] }: { silentForSeconds: number; reachedBy?: readonly string[] },
): Promise<FencePlan> {
  const core = config.makeApiClient(CoreV1Api);
  const silence = await readSilence(config, node);
  if (silence === undefined) {
    const { items } = await core.listNode();
    return refuseUnknownNode(
      node,
      items.map(({ metadata }) => metadata?.name ?? ""),
    );
  }
  refuse(`Node ${node} is not fenced`, fenceRefusals(silence, silentForSeconds, reachedBy));
  const [pods, claims] = await Promise.all([
    core.listPodForAllNamespaces({ fieldSelector: `spec.nodeName=${node}` }),
    core.listPersistentVolumeClaimForAllNamespaces(),
  ]);
  return fencePlan(silence, affectedPods(pods.items, claims.items));
}

/** Returns the plan for a node with known pods. */
export function fencePlan(silence: NodeSilence, affected: readonly AffectedPod[]): FencePlan {
  const { node, now } = silence;
  const gateways = affected.filter(({ store }) => store !== undefined);
  const rest = affected.filter(({ store }) => store === undefined);
  const begun = fenceMarkOf(node);
  const seen: FenceMark = {
    at: now.toISOString(),
    stores: gateways.map(({ namespace, store = "" }) => `${namespace}/${store}`),
    volumes: [...new Set(affected.flatMap(({ volumes }) => volumes))].sort(),
  };
  return {
    node: node.metadata?.name ?? "",
    silentSeconds: silentSeconds(silence),
    outOfService: isOutOfService(node),
    begun,
    gateways,
    others: rest.filter(({ volumes }) => volumes.length > 0),
    withoutVolume: rest.filter(({ volumes }) => volumes.length === 0),
    mark: joinedMark(begun, seen),
  };
}
