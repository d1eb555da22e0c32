import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1Api } from "@kubernetes/client-node";
import { kubeConfigOf } from "../../tool/cluster/connection";
import { processesOfPod } from "../../sandbox";
import type { StoreOutputs } from "../../components/stack-reference/contract";
import { failNode } from "../../tool/features/demo/node-failure";
import { silent } from "../../tool/terminal/progress";
import type { ObjectClient } from "../../tool/s3/client";
import { contentOf } from "../../tool/s3/content";
import { openLedger, readLedger } from "../../tool/s3/ledger";
import { startLoad } from "../../tool/s3/load";
import { computeOutage } from "../../tool/s3/outage";
import { verifyLoad } from "../../tool/s3/verification";
import type { ReadyEndpoint } from "../../tool/cluster/failover-watch/observe";
import type { FailoverWatch } from "../../tool/cluster/failover-watch/watches";
import { shareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import { eventually } from "../../testbed/eventually";

const witness = { key: "witness", sizeBytes: 70_000 };

describe("failures of a store, on the sandbox", function () {
  this.timeout("15m");
  let world: DeployedSandbox;
  let core: CoreV1Api;
  let photos: StoreOutputs;
  let archive: StoreOutputs;
  let photosClient: ObjectClient;
  let archiveClient: ObjectClient;

  before(async () => {
    world = await shareSandbox();
    world.configure(({ stores }) => {
      stores["archive"] = { volume: { size: "1Gi" }, failover: { onNodeFailure: "Wait" } };
    });
    await world.deployment.up();
    const { stores } = await world.outputs();
    photos = stores["photos"] ?? assert.fail("no store photos");
    archive = stores["archive"] ?? assert.fail("no store archive");
    photosClient = await clientWithWitness("photos");
    archiveClient = await clientWithWitness("archive");
    const config = kubeConfigOf({ kubeconfig: world.sandbox.kubeconfig });
    core = config.makeApiClient(CoreV1Api);
  });
  after(() => world.remove());

  it("a process that is killed is started again on its node; no acknowledged write is lost", async () => {
    const before = await servingPod(photos);
    await underLoad(photosClient, "process/", async () => {
      await world.sandbox.killPod(before.podUid);
    });
    assert.deepEqual(await servingPod(photos), before);
    assert.deepEqual(await world.alarms(), []);
  });

  it("a pod that is deleted is replaced; no acknowledged write is lost", async () => {
    const before = await servingPod(photos);
    await underLoad(photosClient, "pod/", async () => {
      await core.deleteNamespacedPod({ namespace: photos.namespace, name: before.podName });
    });
    assert.notEqual((await servingPod(photos)).podUid, before.podUid);
    assert.deepEqual(await world.alarms(), []);
  });

  describe("a node that dies with the gateways of both", () => {
    let dead: string;
    let archiveBefore: ReadyEndpoint;
    let archiveWatch: FailoverWatch;
    let killedAt: number;
    let assumeDeadOutageSeconds: number;

    before(async () => {
      const serving = await servingPod(photos);
      dead = serving.node;
      archiveBefore = await moveTo(dead, archive);
      archiveWatch = await world.cluster.watchFailover(archive);
    });
    after(() => archiveWatch.stop());

    it("AssumeDead: another node takes over; no acknowledged write is lost", async () => {
      const findings = await failNode({
        sandbox: world.sandbox,
        cluster: world.cluster,
        store: photos,
        client: photosClient,
        serving: await servingPod(photos),
        volume: await volumeOf(photos),
        step: silent.begin(""),
        signal: new AbortController().signal,
      });
      assert.equal(findings.node, dead);
      killedAt = Date.parse(findings.killedAt);
      assert.ok(findings.outage?.seconds !== undefined, "the store did not come back");
      assumeDeadOutageSeconds = findings.outage.seconds;
      const { acknowledged, verified, lost, corrupt, phantom, unreadable } = findings.verification;
      assert.deepEqual({ lost, corrupt, phantom, unreadable }, { lost: [], corrupt: [], phantom: [], unreadable: [] });
      assert.equal(verified, acknowledged);
      assert.ok(findings.acknowledged.beforeFault > 0 && findings.acknowledged.afterRecovery > 0);
      assert.notEqual((await servingPod(photos)).node, dead);
      await witnessIsRead(photosClient);
    });

    it("Wait: no second pod and no second attachment for twice that time", async () => {
      await sleep(Math.max(0, killedAt + 2 * assumeDeadOutageSeconds * 1000 - Date.now()));
      const volume = await volumeOf(archive);
      assert.ok(archiveWatch.observations.some((seen) => seen.kind === "Node" && seen.name === dead && !seen.ready));
      for (const seen of archiveWatch.observations) {
        if (seen.kind === "Pod") {
          assert.equal(seen.uid, archiveBefore.podUid, "a second pod");
          assert.ok(!seen.terminating && !seen.gone, "the pod was evicted");
        }
        if (seen.kind === "VolumeAttachment" && seen.volume === volume) {
          assert.equal(seen.node, dead, "a second attachment");
          assert.ok(!seen.gone, "the attachment was deleted");
        }
      }
      assert.deepEqual(await world.cluster.endpointsOf(archive), []);
      await assert.rejects(archiveClient.get(witness.key));
    });

    it("Wait: the same pod serves again when its node returns", async () => {
      await world.sandbox.startNode(dead);
      assert.equal((await servingPod(archive)).podUid, archiveBefore.podUid);
      await witnessIsRead(archiveClient);
      await archiveClient.put("after", contentOf("after", 1000));
      await nodeIsReady(dead);
      assert.deepEqual(await world.alarms(), []);
    });
  });

  describe("two processes on one volume", () => {
    it("AssumeDead: what a node that is only cut off goes on writing is lost, and the sandbox says so", async () => {
      const before = await servingPod(photos);
      await world.sandbox.cutOffNode(before.node);
      const isolated = await world.podClient("photos", before.podName, "bucket");
      await isolated.put("isolated", contentOf("isolated", 1000));
      const after = await eventually(
        "the store's move",
        async () => (await world.cluster.endpointsOf(photos)).find((pod) => pod.node !== before.node),
        400,
      );
      await witnessIsRead(photosClient);
      assert.equal(await photosClient.get("isolated"), undefined);
      const alarms = await eventually("the alarm", async () => {
        const raised = await world.alarms();
        return raised.some(({ alarm }) => alarm === "two-processes-on-one-volume") ? raised : undefined;
      });
      const nodes = alarms.flatMap(({ processes }) => processes.map(({ node }) => node));
      assert.ok(nodes.includes(before.node) && nodes.includes(after.node), nodes.join());
      await world.sandbox.rejoinNode(before.node);
      await eventually("the end of the isolated process", async () =>
        processesOfPod(before.podUid).length === 0 ? true : undefined,
      );
      await nodeIsReady(before.node);
      assert.equal(await photosClient.get("isolated"), undefined);
      await witnessIsRead(photosClient);
    });

    it("a second writer that somebody starts is reported", async () => {
      const serving = await servingPod(archive);
      const volume = await volumeOf(archive);
      const known = (await world.alarms()).length;
      const image = (await core.readNamespacedPod({ namespace: archive.namespace, name: serving.podName })).spec
        ?.containers[0]?.image;
      const name = "second-writer";
      await core.createNamespacedPod({
        namespace: "default",
        body: {
          metadata: { name },
          spec: {
            nodeName: serving.node,
            containers: [
              {
                name,
                image,
                args: ["--rgw-frontends", "beast port=7480"],
                volumeMounts: [{ name, mountPath: "/data" }],
              },
            ],
            volumes: [
              { name, hostPath: { path: currentGeneration(join(world.sandbox.directory, "volumes"), volume) } },
            ],
          },
        },
      });
      const alarm = await eventually("the alarm", async () =>
        (await world.alarms())
          .slice(known)
          .find(
            ({ alarm: kind, processes }) =>
              kind === "two-processes-on-one-volume" && processes.some(({ pod }) => pod === name),
          ),
      );
      assert.deepEqual(alarm.processes.map(({ pod }) => pod).sort(), [name, serving.podName].sort());
    });
  });

  async function clientWithWitness(store: string): Promise<ObjectClient> {
    const client = await world.client(store, "bucket");
    await client.createBucket();
    await client.put(witness.key, contentOf(witness.key, witness.sizeBytes));
    return client;
  }

  /** The pod that serves a store, once there is one that does. */
  async function servingPod(store: StoreOutputs): Promise<ReadyEndpoint> {
    return eventually(
      `a pod that serves ${store.serviceName}`,
      async () => (await world.cluster.endpointsOf(store))[0],
    );
  }

  /** Has a store's gateway start anew on a given node, by leaving it no other. */
  async function moveTo(node: string, store: StoreOutputs): Promise<ReadyEndpoint> {
    const before = await servingPod(store);
    if (before.node === node) return before;
    const others = world.sandbox.nodes.filter((name) => name !== node);
    const setUnschedulable = async (unschedulable: boolean): Promise<void> => {
      for (const name of others) {
        await core.patchNode({ name, body: [{ op: "add", path: "/spec/unschedulable", value: unschedulable }] });
      }
    };
    await setUnschedulable(true);
    await core.deleteNamespacedPod({ namespace: store.namespace, name: before.podName });
    const after = await eventually(`${store.serviceName} on ${node}`, async () =>
      (await world.cluster.endpointsOf(store)).find((pod) => pod.node === node),
    );
    await setUnschedulable(false);
    return after;
  }

  async function volumeOf(store: StoreOutputs): Promise<string> {
    return (await world.cluster.volumeOf(store)) ?? assert.fail("the claim is bound to no volume");
  }

  async function nodeIsReady(name: string): Promise<void> {
    await eventually(`${name} ready`, async () => {
      const conditions = (await core.readNode({ name })).status?.conditions ?? [];
      return conditions.some(({ type, status }) => type === "Ready" && status === "True") ? true : undefined;
    });
  }

  async function witnessIsRead(client: ObjectClient): Promise<void> {
    const bytes = await eventually("an answer", () => client.get(witness.key).catch(() => undefined));
    assert.ok(contentOf(witness.key, witness.sizeBytes).equals(bytes), "the object is not what was written");
  }

  /** Writes steadily while `fail` makes a failure happen, until the store answers again; then every acknowledged write is there. */
  async function underLoad(client: ObjectClient, keyPrefix: string, fail: () => Promise<void>): Promise<void> {
    const ledger = openLedger(join(world.sandbox.directory, `ledger-${keyPrefix.replace("/", "")}`));
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
});

/** The folder of the volume's data that is in use: the highest generation. */
function currentGeneration(volumes: string, volume: string): string {
  const number = (name: string): number => Number(name.replace("generation-", ""));
  const generations = readdirSync(join(volumes, volume)).filter((name) => /^generation-\d+$/.test(name));
  const [newest = assert.fail(`volume ${volume} has no data`)] = generations.sort((a, b) => number(b) - number(a));
  return join(volumes, volume, newest);
}
