import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1Api, StorageV1Api } from "@kubernetes/client-node";
import { changeNode } from "../../tool/cluster/optimistic-patch";
import { listLonghorn } from "../../tool/cluster/longhorn";
import { isReady, type WithConditions } from "../../tool/cluster/kubernetes";
import { outOfServiceTaint } from "../../components/taints";
import { kubeConfigOf } from "../../tool/cluster/connection";

const pollMs = 250;
const returnLimitMs = 8 * 60_000;

/** Taints failed nodes, and waits until a returned node could take over again. */
export class DeadNodes {
  private readonly config: ReturnType<typeof kubeConfigOf>;
  private readonly core: CoreV1Api;
  private readonly storage: StorageV1Api;

  constructor(kubeconfig: string) {
    this.config = kubeConfigOf({ kubeconfig });
    this.core = this.config.makeApiClient(CoreV1Api);
    this.storage = this.config.makeApiClient(StorageV1Api);
  }

  /** Sets the taint as soon as the node is NotReady. Returns the time in milliseconds since the epoch. */
  async vouchAtNotReady(name: string, signal: AbortSignal): Promise<number> {
    for (;;) {
      const node = await this.core.readNode({ name });
      if (!isReady(node)) {
        await changeNode(this.core, name, ({ spec }) => ({ taints: [...(spec?.taints ?? []), outOfServiceTaint] }));
        return Date.now();
      }
      await sleep(pollMs, undefined, { signal });
    }
  }

  /** Removes the taint, as an operator does when the node is back and clean. */
  async unvouch(name: string): Promise<void> {
    await changeNode(this.core, name, ({ spec }) => ({
      taints: (spec?.taints ?? []).filter(({ key }) => key !== outOfServiceTaint.key),
    }));
  }

  /** Resolves when every node is ready in Kubernetes and in Longhorn, and the volume has a single attachment. */
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
      listLonghorn<WithConditions & { metadata: { name: string } }>(this.config, "nodes"),
    ]);
    const ofVolume = attachments.items.filter(({ spec }) => spec.source.persistentVolumeName === volume);
    return [
      ...nodes.items.filter((node) => !isReady(node)).map((node) => `node ${node.metadata?.name ?? ""} is not ready`),
      ...longhorn
        .filter((node) => !isReady(node))
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
}
