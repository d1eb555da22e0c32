import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1Api } from "@kubernetes/client-node";
import type { StoreOutputs } from "../components/stack-reference/contract";
import type { ReadyEndpoint } from "../tool/cluster/failover-watch/observe";
import { kubeConfigOf } from "../tool/cluster/connection";
import type { ObjectClient } from "../tool/s3/client";
import { contentOf } from "../tool/s3/content";
import { openLedger, readLedger } from "../tool/s3/ledger";
import { startLoad } from "../tool/s3/load";
import { computeOutage } from "../tool/s3/outage";
import { verifyLoad } from "../tool/s3/verification";
import type { DeployedSandbox } from "./deployed-sandbox";
import { eventually } from "./eventually";

/** Object written to each store before any failure. */
const witness = { key: "witness", sizeBytes: 70_000 };

/** A store with an S3 client and one object in it. */
export interface WatchedStore extends StoreOutputs {
  client: ObjectClient;
}

/** Two stores on a sandbox, `photos` with `AssumeDead` and `archive` with `Wait`, whose pods and objects are watched through failures. */
export class WatchedStores {
  private constructor(
    readonly stack: DeployedSandbox,
    readonly core: CoreV1Api,
    readonly photos: WatchedStore,
    readonly archive: WatchedStore,
  ) {}

  static async deployOn(stack: DeployedSandbox): Promise<WatchedStores> {
    await deployTwoStores(stack);
    const { stores } = await stack.outputs();
    const watched = async (name: string): Promise<WatchedStore> => {
      const store = stores[name] ?? assert.fail(`no store ${name}`);
      const client = await stack.client(name, "bucket");
      await client.createBucket();
      await client.put(witness.key, contentOf(witness.key, witness.sizeBytes));
      return { ...store, client };
    };
    const config = kubeConfigOf({ kubeconfig: stack.sandbox.kubeconfig });
    return new WatchedStores(stack, config.makeApiClient(CoreV1Api), await watched("photos"), await watched("archive"));
  }

  remove(): Promise<void> {
    return this.stack.remove();
  }

  /** Waits for a pod that serves a store. */
  servingPod(store: StoreOutputs): Promise<ReadyEndpoint> {
    return eventually(
      `a pod that serves ${store.serviceName}`,
      async () => (await this.stack.cluster.endpointsOf(store))[0],
    );
  }

  /** Moves a store's gateway to a node by leaving no other node schedulable. */
  async moveTo(node: string, store: StoreOutputs): Promise<ReadyEndpoint> {
    const before = await this.servingPod(store);
    if (before.node === node) return before;
    const others = this.stack.sandbox.nodes.filter((name) => name !== node);
    const setUnschedulable = async (unschedulable: boolean): Promise<void> => {
      for (const name of others) {
        await this.core.patchNode({ name, body: [{ op: "add", path: "/spec/unschedulable", value: unschedulable }] });
      }
    };
    await setUnschedulable(true);
    await this.core.deleteNamespacedPod({ namespace: store.namespace, name: before.podName });
    const after = await eventually(`${store.serviceName} on ${node}`, async () =>
      (await this.stack.cluster.endpointsOf(store)).find((pod) => pod.node === node),
    );
    await setUnschedulable(false);
    return after;
  }

  async volumeOf(store: StoreOutputs): Promise<string> {
    return (await this.stack.cluster.volumeOf(store)) ?? assert.fail("the claim is not bound");
  }

  async nodeIsReady(name: string): Promise<void> {
    await eventually(`${name} ready`, async () => {
      const conditions = (await this.core.readNode({ name })).status?.conditions ?? [];
      return conditions.some(({ type, status }) => type === "Ready" && status === "True") ? true : undefined;
    });
  }

  /** Waits until a store answers, and fails unless its first object is intact. */
  async witnessIsIntact({ client }: WatchedStore): Promise<void> {
    const bytes = await eventually("an answer", () => client.get(witness.key).catch(() => undefined));
    assert.ok(contentOf(witness.key, witness.sizeBytes).equals(bytes), "the object differs from what was written");
  }

  /** Fails unless a store is unavailable. */
  async isUnavailable({ client }: WatchedStore): Promise<void> {
    await assert.rejects(client.get(witness.key));
  }

  /** Writes steadily while `fail` injects a failure, until the store answers again. Fails unless every acknowledged write is there. */
  async losesNothing({ client }: WatchedStore, keyPrefix: string, fail: () => Promise<void>): Promise<void> {
    const ledger = openLedger(join(this.stack.sandbox.directory, `ledger-${keyPrefix.replace("/", "")}`));
    const load = startLoad({ client, ledger, keyPrefix });
    try {
      await sleep(2_000);
      const faultAt = Date.now();
      await fail();
      const answersSince = (at: number): boolean => load.attempts.some(({ ok, sentAt }) => ok && sentAt >= at);
      await eventually("an outage and its end", () => {
        const recoveredAt = computeOutage(load.attempts, faultAt)?.recoveredAt;
        return Promise.resolve(recoveredAt !== undefined && answersSince(recoveredAt + 2_000) ? true : undefined);
      });
      const attempts = await load.stop();
      const { acknowledged, verified, lost, corrupt, phantom } = await verifyLoad({
        client,
        acknowledged: readLedger(ledger.file).map(({ key }) => key),
        sent: attempts.map(({ key }) => key),
        keyPrefix,
      });
      assert.deepEqual({ lost, corrupt, phantom }, { lost: [], corrupt: [], phantom: [] });
      assert.ok(acknowledged > 0 && verified === acknowledged);
    } finally {
      await load.stop();
      ledger.close();
    }
  }
}

/**
 * Deploys the store `photos` of the sandbox's settings, which fails over if its node fails, and `archive`, which stays
 * with its node.
 */
export async function deployTwoStores(stack: DeployedSandbox): Promise<void> {
  stack.configure(({ stores }) => {
    stores["archive"] = { volume: { size: "1Gi" }, failover: { onNodeFailure: "Wait" } };
  });
  await stack.deployment.up();
}
