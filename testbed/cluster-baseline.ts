import assert from "node:assert/strict";
import type { KubernetesObject, V1Node } from "@kubernetes/client-node";
import { isReady } from "../tool/cluster/kubernetes";
import { ClusterObjects } from "./cluster-objects";
import { eventually } from "./eventually";

/** Kinds of objects that a test file adds to a cluster and that its stack does not remove, in order of deletion. */
const addedKinds = [
  { apiVersion: "v1", kind: "Pod", namespace: "default" },
  { apiVersion: "v1", kind: "Namespace" },
  { apiVersion: "v1", kind: "PersistentVolume" },
  { apiVersion: "longhorn.io/v1beta2", kind: "Volume", namespace: "longhorn-system" },
] as const;

interface LonghornSetting extends KubernetesObject {
  value?: string;
}

/** State of a shared cluster before a test file, which must restore it. */
export class ClusterBaseline {
  private constructor(
    private readonly cluster: ClusterObjects,
    private readonly names: Readonly<Record<string, readonly string[]>>,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  static async of(kubeconfig: string): Promise<ClusterBaseline> {
    const cluster = new ClusterObjects(kubeconfig);
    assert.deepEqual(await nodeProblems(cluster), [], "the shared cluster is not in the expected state");
    const names: Record<string, readonly string[]> = {};
    for (const kind of addedKinds) names[kind.kind] = await namesOf(cluster, kind);
    return new ClusterBaseline(cluster, names, await longhornSettings(cluster));
  }

  /** Deletes the added objects, waits for the nodes, and throws if anything else differs. */
  async restore(): Promise<void> {
    for (const kind of addedKinds) {
      for (const name of await this.added(kind)) {
        await this.cluster.delete(kind.apiVersion, kind.kind, name, "namespace" in kind ? kind.namespace : undefined);
      }
      await eventually(`the end of every added ${kind.kind}`, async () =>
        (await this.added(kind)).length === 0 ? true : undefined,
      );
    }
    let problems: string[] = [];
    await eventually("nodes as they were", async () => {
      problems = await nodeProblems(this.cluster);
      return problems.length === 0 ? true : undefined;
    }).catch(() => assert.fail(`the test file leaves ${problems.join(", ")}`));
    assert.deepEqual(await longhornSettings(this.cluster), this.settings, "the test file leaves other settings");
  }

  private async added(kind: (typeof addedKinds)[number]): Promise<string[]> {
    const before = this.names[kind.kind] ?? [];
    return (await namesOf(this.cluster, kind)).filter((name) => !before.includes(name));
  }
}

async function namesOf(cluster: ClusterObjects, kind: (typeof addedKinds)[number]): Promise<string[]> {
  const objects = await cluster.list(kind.apiVersion, kind.kind, "namespace" in kind ? kind.namespace : undefined);
  return objects.map(({ metadata }) => metadata?.name ?? "");
}

/**
 * Returns the deviations from a node that is Ready, schedulable, and without taints and annotations of this package.
 */
async function nodeProblems(cluster: ClusterObjects): Promise<string[]> {
  const nodes = await cluster.list<V1Node>("v1", "Node");
  return nodes.flatMap((node) => {
    const { metadata, spec } = node;
    const marks = Object.keys(metadata?.annotations ?? {}).filter((key) => key.startsWith("longhorn-s3/"));
    return [
      ...(isReady(node) ? [] : ["not ready"]),
      ...(spec?.unschedulable === true ? ["cordoned"] : []),
      ...(spec?.taints ?? []).map(({ key }) => `tainted with ${key}`),
      ...marks.map((key) => `annotated with ${key}`),
    ].map((problem) => `node ${metadata?.name ?? ""} ${problem}`);
  });
}

/** Returns Longhorn's settings, without those that Longhorn itself writes. */
async function longhornSettings(cluster: ClusterObjects): Promise<Record<string, string>> {
  const settings = await cluster.list<LonghornSetting>("longhorn.io/v1beta2", "Setting", "longhorn-system");
  return Object.fromEntries(settings.map(({ metadata, value }) => [metadata?.name ?? "", value ?? ""]));
}
