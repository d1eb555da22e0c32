import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { affectedPods, type AffectedPod } from "./affected-pods";
import { fenceMarkOf, isOutOfService, joinedMark, type FenceMark } from "./mark";
import { fenceRefusals, refuse, refuseUnknownNode } from "./refusals";
import { readSilence, silentSeconds, type NodeSilence } from "./silence";

/** What fencing a node means, for whoever vouches for it. */
export interface FencePlan {
  node: string;
  /** Seconds since its last sign of life, by the API server's clock; undefined where it never gave one. */
  silentSeconds?: number;
  /** Whether the taint is there already. */
  outOfService: boolean;
  /** What an earlier run has left; undefined where this is the first. */
  begun?: FenceMark;
  /** The gateways on it, which are deleted at once. */
  gateways: readonly AffectedPod[];
  /** Everybody else's pods with volumes, which are left to Kubernetes. */
  others: readonly AffectedPod[];
  /** All other pods without a volume that the taint deletes. */
  withoutVolume: readonly AffectedPod[];
  /** What the node's annotation is going to say. */
  mark: FenceMark;
}

/**
 * Looks at a node, and plans.
 *
 * @throws ToolError with everything that speaks against it
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

/** The plan for a node whose pods are known. */
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
