import { setTimeout as sleep } from "node:timers/promises";
import {
  ApiException,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  StorageV1Api,
  type V1Node,
  type V1Taint,
} from "@kubernetes/client-node";

const outOfService = { key: "node.kubernetes.io/out-of-service", value: "nodeshutdown", effect: "NoExecute" };
const pollMs = 250;
const returnLimitMs = 8 * 60_000;

/** Vouches for dead nodes, and waits until one that has returned could take over again. */
export class DeadNodes {
  private readonly core: CoreV1Api;
  private readonly storage: StorageV1Api;
  private readonly custom: CustomObjectsApi;

  constructor(kubeconfig: string) {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    this.core = config.makeApiClient(CoreV1Api);
    this.storage = config.makeApiClient(StorageV1Api);
    this.custom = config.makeApiClient(CustomObjectsApi);
  }

  /** Sets the taint as soon as the node is not ready; says when, in milliseconds since the epoch. */
  async vouchAtNotReady(name: string, signal: AbortSignal): Promise<number> {
    for (;;) {
      const node = await this.core.readNode({ name });
      if (!isReady(node)) {
        await this.changeTaints(name, (taints) => [...taints, outOfService]);
        return Date.now();
      }
      await sleep(pollMs, undefined, { signal });
    }
  }

  /** Takes the taint back, as an operator does when the node is back and clean. */
  async unvouch(name: string): Promise<void> {
    await this.changeTaints(name, (taints) => taints.filter(({ key }) => key !== outOfService.key));
  }

  /** Returns when every node is ready for Kubernetes and for Longhorn, and the volume is attached once. */
  async settled(volume: string): Promise<void> {
    for (const deadline = Date.now() + returnLimitMs; ;) {
      const open = await this.open(volume);
      if (open.length === 0) return;
      if (Date.now() > deadline) throw new Error(`after ${returnLimitMs / 1000} s still: ${open.join("; ")}`);
      await sleep(1000);
    }
  }

  private async open(volume: string): Promise<string[]> {
    const [nodes, attachments, pods, longhorn] = await Promise.all([
      this.core.listNode(),
      this.storage.listVolumeAttachment(),
      this.core.listPodForAllNamespaces(),
      this.custom.listNamespacedCustomObject({
        ...{ group: "longhorn.io", version: "v1beta2", namespace: "longhorn-system", plural: "nodes" },
      }) as Promise<{ items: { metadata: { name: string }; status?: { conditions?: Condition[] } }[] }>,
    ]);
    const ofVolume = attachments.items.filter(({ spec }) => spec.source.persistentVolumeName === volume);
    return [
      ...nodes.items.filter((node) => !isReady(node)).map((node) => `node ${node.metadata?.name ?? ""} is not ready`),
      ...longhorn.items
        .filter(
          ({ status }) => !status?.conditions?.some(({ type, status: state }) => type === "Ready" && state === "True"),
        )
        .map(({ metadata }) => `Longhorn's node ${metadata.name} is not ready`),
      ...(ofVolume.length === 1 ? [] : [`the volume has ${ofVolume.length} attachments`]),
      ...pods.items
        .filter(
          ({ metadata, status }) =>
            metadata?.deletionTimestamp !== undefined || !["Running", "Succeeded"].includes(status?.phase ?? ""),
        )
        .map(({ metadata, status }) => `pod ${metadata?.name ?? ""} is ${status?.phase ?? "of no phase"}`),
    ];
  }

  /** Reads and writes the node until nobody has written it in between. */
  private async changeTaints(name: string, change: (taints: V1Taint[]) => V1Taint[]): Promise<void> {
    for (;;) {
      const node = await this.core.readNode({ name });
      const body = { ...node, spec: { ...node.spec, taints: change(node.spec?.taints ?? []) } };
      try {
        await this.core.replaceNode({ name, body });
        return;
      } catch (error) {
        if (!(error instanceof ApiException && error.code === 409)) throw error;
      }
    }
  }
}

interface Condition {
  type: string;
  status: string;
}

function isReady(node: V1Node): boolean {
  return node.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false;
}
