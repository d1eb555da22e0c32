import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ReadyEndpoint } from "../../tool/cluster/failover-watch/observe";
import type { FailoverWatch } from "../../tool/cluster/failover-watch/watches";
import { clusterOf } from "../../tool/cluster/connection";
import { DrillCase } from "../../tool/drill/cases";
import type { DrillReport } from "../../tool/drill/report";
import { clusterTarget } from "../../tool/drill/target";
import { contentOf } from "../../tool/s3/content";
import { eventually } from "../../testbed/eventually";
import { shareSandbox } from "../../testbed/sandboxes";
import { WatchedStores, type WatchedStore } from "../../testbed/watched-stores";
import { DrilledStores } from "./drilled-stores";

describe("a gateway or its node that dies, on the sandbox", function () {
  this.timeout("15m");
  let stores: WatchedStores;
  let photos: WatchedStore;

  before(async () => {
    stores = await WatchedStores.deployOn(await shareSandbox());
    ({ photos } = stores);
  });
  after(() => stores.remove());

  it("a gateway is restarted on its node when its process is killed; no acknowledged write is lost", async () => {
    const before = await stores.servingPod(photos);
    await stores.losesNothing(photos, "process/", async () => {
      await stores.stack.sandbox.killPod(before.podUid);
    });
    assert.deepEqual(await stores.servingPod(photos), before);
    assert.deepEqual(await stores.stack.alarms(), []);
  });

  it("a gateway is replaced when its pod is deleted; no acknowledged write is lost", async () => {
    const before = await stores.servingPod(photos);
    await stores.losesNothing(photos, "pod/", async () => {
      await stores.core.deleteNamespacedPod({ namespace: photos.namespace, name: before.podName });
    });
    assert.notEqual((await stores.servingPod(photos)).podUid, before.podUid);
    assert.deepEqual(await stores.stack.alarms(), []);
  });

  describe("a node with the gateways of two stores, powered off by the operator's own command in a drill", () => {
    let archive: WatchedStore;
    let drilled: DrilledStores;
    let dead: string;
    let archiveBefore: ReadyEndpoint;
    let archiveWatch: FailoverWatch;
    let drill: Promise<DrillReport>;
    let movedTo: ReadyEndpoint;

    before(async () => {
      ({ archive } = stores);
      drilled = await DrilledStores.on(stores.stack);
      dead = (await stores.servingPod(photos)).node;
      archiveBefore = await stores.moveTo(dead, archive);
      archiveWatch = await stores.stack.cluster.watchFailover(archive);
    });
    after(() => archiveWatch.stop());

    it("AssumeDead: another node takes over", async () => {
      const { sandbox, cluster } = stores.stack;
      const connection = clusterOf({ kubeconfig: sandbox.kubeconfig, context: "sandbox" });
      const anyCluster = await clusterTarget(connection, { namespace: "photos" }, drilled.photos.url);
      const powerOff = [process.execPath, "-r", "ts-node/register/transpile-only", join(__dirname, "kill-node.ts")];
      drill = drilled.drill(anyCluster, DrillCase.NodeFailure, {
        method: "command",
        command: [...powerOff, sandbox.directory, "{node}"],
        productionAllowed: true,
      });
      drill.catch(() => undefined);
      movedTo = await eventually(
        "a gateway on another node",
        async () => (await cluster.endpointsOf(photos)).find(({ node }) => node !== dead),
        400,
      );
      await stores.witnessIsIntact(photos);
    });

    it("Wait: no second pod and no second attachment for as long again", async () => {
      const unreachableAt = archiveWatch.observations.find((seen) => isDeadNode(seen))?.at ?? assert.fail();
      await sleep(Date.now() - unreachableAt);
      const volume = await stores.volumeOf(archive);
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
      assert.deepEqual(await stores.stack.cluster.endpointsOf(archive), []);
      await stores.isUnavailable(archive);
    });

    it("Wait: the same pod serves again when its node returns", async () => {
      await stores.stack.sandbox.startNode(dead);
      assert.equal((await stores.servingPod(archive)).podUid, archiveBefore.podUid);
      await stores.witnessIsIntact(archive);
      await archive.client.put("after", contentOf("after", 1000));
      await stores.nodeIsReady(dead);
    });

    it("AssumeDead: the drill waits for the node; no acknowledged write is lost", async () => {
      const { shortfalls, runs, leftovers, cluster } = await drill;
      assert.deepEqual({ shortfalls, leftovers }, { shortfalls: [], leftovers: [] });
      assert.equal(cluster.sandboxProfile, undefined);
      assert.deepEqual([runs[0]?.node, runs[0]?.newNode], [dead, movedTo.node]);
      assert.ok(runs[0] && runs[0].failedRequests > 0 && runs[0].ledger.verified === runs[0].ledger.acknowledged);
      assert.deepEqual(await drilled.leftBehind(), []);
      assert.deepEqual(await stores.stack.alarms(), []);
    });

    const isDeadNode = (seen: FailoverWatch["observations"][number]): boolean =>
      seen.kind === "Node" && seen.name === dead && !seen.ready;
  });
});
