import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DrillCase } from "../../tool/drill/cases";
import { Journal } from "../../tool/drill/journal";
import type { DrillTarget } from "../../tool/drill/target";
import { isOutOfService } from "../../tool/features/fence/mark";
import { repositoryDirectory } from "../../tool/repository";
import { contentOf } from "../../tool/s3/content";
import type { Observation } from "../../tool/cluster/failover-watch/stages";
import { eventually } from "../../testbed/eventually";
import { shareSandbox } from "../../testbed/sandboxes";
import { cli, DrilledStores } from "./drilled-stores";

describe("drills of a store that waits for its node, on the sandbox", function () {
  this.timeout("15m");
  let stores: DrilledStores;
  let archive: DrillTarget;

  before(async () => {
    stores = await DrilledStores.deployOn(await shareSandbox());
    ({ archive } = stores);
  });
  after(() => stores.remove());

  describe("put everything back, and pass where nothing is lost", () => {
    afterEach(async () => assert.deepEqual(await stores.leftBehind(), []));

    it("when a dead node is fenced, of a store that would wait for ever", async () => {
      const watch = await stores.stack.cluster.watchFailover(archive.store);
      const { shortfalls, runs } = await stores.drill(archive, DrillCase.Fence).finally(() => watch.stop());
      assert.deepEqual(shortfalls, []);
      assert.notEqual(runs[0]?.newNode, runs[0]?.node);
      isUnfencedWhenClean(watch.observations, runs[0]?.node ?? assert.fail());
      const stages = runs[0]?.stages.map(({ stage }) => stage) ?? [];
      for (const stage of ["nodeNotReady", "fenced", "attached", "ready"] as const) assert.ok(stages.includes(stage));
    });

    it("when a node that is dead comes back, to a store that has waited for it", async () => {
      const { shortfalls, runs } = await stores.drill(archive, DrillCase.NodeReturn);
      assert.deepEqual(shortfalls, []);
      assert.equal(runs[0]?.newNode, runs[0]?.node);
    });
  });

  describe("a node that is cut off while its gateway goes on writing", () => {
    it("costs nothing where the store waits", async () => {
      const { shortfalls, runs } = await stores.drill(archive, DrillCase.Partition);
      assert.deepEqual(shortfalls, []);
      const [{ ledger, overlaps, node, newNode } = assert.fail()] = runs;
      const { isolated, lost } = ledger;
      assert.ok(isolated && isolated.acknowledged > 0 && isolated.asExpected);
      assert.deepEqual(
        { lost, isolatedAndLost: isolated.lost, overlaps },
        { lost: [], isolatedAndLost: 0, overlaps: [] },
      );
      assert.equal(newNode, node);
    });
  });

  describe("catch", () => {
    it("a lost, a changed and a foreign object", async () => {
      const running = stores.drill(archive, DrillCase.PodFailure);
      const bucket = await drilledBucket("archive");
      const client = archive.client(bucket, "sdk-defaults");
      const key = (number: number): string => `run-001/put-${String(number).padStart(6, "0")}`;
      await eventually("objects of the drill", async () =>
        (await client.list("run-001/").catch((): string[] => [])).includes(key(3)) ? true : undefined,
      );
      await client.remove(key(1));
      await client.put(key(2), contentOf("something else", 4096));
      await client.put(key(900_000), contentOf("foreign", 10));
      client.close();
      const { runs, shortfalls } = await running;
      const { lost, corrupt, phantom } = runs[0]?.ledger ?? assert.fail();
      assert.deepEqual({ lost, corrupt, phantom }, { lost: [key(1)], corrupt: [key(2)], phantom: [key(900_000)] });
      assert.deepEqual(shortfalls, [
        `run 1: 1 acknowledged objects are lost: ${key(1)}`,
        `run 1: 1 objects have other content than was written: ${key(2)}`,
        `run 1: 1 objects exist that were never sent: ${key(900_000)}`,
      ]);
    });

    it("a second writer on the volume", async () => {
      const running = stores.drill(archive, DrillCase.PodFailure, { method: "pod-deleted" });
      const [serving] = await stores.stack.cluster.endpointsOf(archive.store);
      await eventually("the drill's load", async () =>
        (await drilledBucket("archive")) !== "" && (await loadRuns()) ? true : undefined,
      );
      await startSecondWriter(serving?.node ?? assert.fail(), archive.store.volume);
      const { runs, shortfalls } = await running;
      await stores.core.deleteNamespacedPod({ namespace: "default", name: secondWriter, gracePeriodSeconds: 0 });
      assert.ok(
        runs[0]?.overlaps.some(({ of, who }) => of === "processes" && who.some((one) => one.includes(secondWriter))),
        JSON.stringify(runs[0]?.overlaps),
      );
      assert.ok(shortfalls.some((text) => text.startsWith("run 1: two processes at the same time")));
    });
  });

  describe("that end before their end", () => {
    it("are cleaned up after in the order in which it can be done: a fenced node, its fence, its store", async () => {
      const args = ["--directory", stores.stack.sandbox.directory, "--namespace", "archive"];
      await stores.served(archive);
      const command = [join(repositoryDirectory, "tool", "longhorn-s3.js"), "drill", "fence", ...args];
      const child = spawn("node", command, { stdio: "ignore" });
      const node = await eventually("a node that the drill has fenced", async () => {
        const { items } = await stores.core.listNode();
        return items.find(isOutOfService)?.metadata?.name;
      });
      child.kill("SIGKILL");
      await once(child, "exit");
      const watch = await stores.stack.cluster.watchFailover(archive.store);
      const cleaned = await cli("drill", "cleanup", ...args, "--yes", "--json").finally(() => watch.stop());
      const { done = [], failed } = JSON.parse(cleaned) as Record<string, string[]>;
      assert.deepEqual(failed, []);
      assert.deepEqual(done.slice(0, -1), [
        `start node ${node}`,
        `unfence node ${node}`,
        "kubectl scale deployment -n archive archive --replicas 1",
      ]);
      isUnfencedWhenClean(watch.observations, node);
      assert.deepEqual(await stores.leftBehind(), []);
    });
  });

  /** A fence that goes while its node is off leaves other workloads stuck. */
  function isUnfencedWhenClean(observations: readonly Observation[], node: string): void {
    const fenced = observations.findLastIndex((one) => one.kind === "Node" && one.name === node && one.outOfService);
    const after = observations.slice(fenced + 1).find((one) => one.kind === "Node" && one.name === node);
    assert.ok(fenced >= 0 && after?.kind === "Node" && after.ready && !after.outOfService);
    const attachments = new Map<string, boolean>();
    for (const one of observations.slice(0, observations.indexOf(after))) {
      if (one.kind === "VolumeAttachment" && one.node === node) attachments.set(one.name, !one.gone);
    }
    assert.deepEqual([...attachments.values()].filter(Boolean), []);
  }

  /** The bucket of the drill that runs, from its journal. */
  async function drilledBucket(namespace: string): Promise<string> {
    return eventually("the drill's bucket", async () => {
      const journal = await Journal.find(archive.config, namespace);
      return journal?.open.flatMap((text) => /^remove bucket (\S+)$/.exec(text)?.[1] ?? [])[0];
    });
  }

  async function loadRuns(): Promise<boolean> {
    const client = archive.client(await drilledBucket("archive"), "sdk-defaults");
    const keys = await client.list("run-001/").catch((): string[] => []);
    client.close();
    return keys.length > 5;
  }

  const secondWriter = "second-writer";

  async function startSecondWriter(node: string, volume: string): Promise<void> {
    const { store } = archive;
    const [pod] = (
      await stores.core.listNamespacedPod({ namespace: store.namespace, labelSelector: store.podSelector })
    ).items;
    const container = {
      name: secondWriter,
      image: pod?.spec?.containers[0]?.image,
      args: ["--rgw-frontends", "beast port=7480"],
      volumeMounts: [{ name: secondWriter, mountPath: "/data" }],
    };
    const volumes = join(stores.stack.sandbox.directory, "volumes", volume);
    const [newest = ""] = readdirSync(volumes)
      .filter((name) => name.startsWith("generation-"))
      .sort((one, other) => Number(other.slice(11)) - Number(one.slice(11)));
    const path = join(volumes, newest);
    await stores.core.createNamespacedPod({
      namespace: "default",
      body: {
        metadata: { name: secondWriter },
        spec: { nodeName: node, containers: [container], volumes: [{ name: secondWriter, hostPath: { path } }] },
      },
    });
  }
});
