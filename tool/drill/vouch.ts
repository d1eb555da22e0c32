import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import type { StoreInCluster } from "../store/store-in-cluster";
import type { Journal } from "./journal";
import { changeNode } from "./node-changes";

const outOfService = { key: "node.kubernetes.io/out-of-service", value: "nodeshutdown", effect: "NoExecute" };
const pollMs = 250;

/** Vouches for a dead node as soon as it is not ready: the taint, and the end of the gateway's pod. */
export async function vouch(
  config: KubeConfig,
  store: StoreInCluster,
  node: string,
  journal: Journal,
  signal: AbortSignal,
): Promise<void> {
  const core = config.makeApiClient(CoreV1Api);
  while (await isReady(core, node)) await sleep(pollMs, undefined, { signal });
  await journal.expect({ undo: "untaint", node, key: outOfService.key });
  await changeNode(core, node, (spec) => ({ ...spec, taints: [...(spec.taints ?? []), outOfService] }));
  const { namespace, podSelector } = store;
  const { items } = await core.listNamespacedPod({ namespace, labelSelector: podSelector });
  for (const { metadata, spec } of items) {
    if (spec?.nodeName !== node) continue;
    await core.deleteNamespacedPod({ namespace, name: metadata?.name ?? "", gracePeriodSeconds: 0 });
  }
}

async function isReady(core: CoreV1Api, name: string): Promise<boolean> {
  const { status } = await core.readNode({ name });
  return status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false;
}
