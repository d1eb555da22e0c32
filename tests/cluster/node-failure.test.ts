import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { failNode } from "../../tool/features/demo/node-failure";
import type { ReadyEndpoint } from "../../tool/cluster/failover-watch/observe";
import type { FailoverWatch } from "../../tool/cluster/failover-watch/watches";
import { contentOf } from "../../tool/s3/content";
import { silent } from "../../tool/terminal/progress";
import { shareSandbox } from "../../testbed/sandboxes";
import { WatchedStores, type WatchedStore } from "../../testbed/watched-stores";

describe("a node that dies with the gateways of two stores, on the sandbox", function () {
  this.timeout("15m");
  let stores: WatchedStores;
  let photos: WatchedStore;
  let archive: WatchedStore;
  let dead: string;
  let archiveBefore: ReadyEndpoint;
  let archiveWatch: FailoverWatch;
  let killedAt: number;
  let assumeDeadOutageSeconds: number;

  before(async () => {
    stores = await WatchedStores.deployOn(await shareSandbox());
    ({ photos, archive } = stores);
    dead = (await stores.servingPod(photos)).node;
    archiveBefore = await stores.moveTo(dead, archive);
    archiveWatch = await stores.stack.cluster.watchFailover(archive);
  });
  after(async () => {
    await archiveWatch.stop();
    await stores.remove();
  });

  it("AssumeDead: another node takes over; no acknowledged write is lost", async () => {
    const findings = await failNode({
      sandbox: stores.stack.sandbox,
      cluster: stores.stack.cluster,
      store: photos,
      client: photos.client,
      serving: await stores.servingPod(photos),
      volume: await stores.volumeOf(photos),
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
    assert.notEqual((await stores.servingPod(photos)).node, dead);
    await stores.witnessIsIntact(photos);
  });

  it("Wait: no second pod and no second attachment for twice that time", async () => {
    await sleep(Math.max(0, killedAt + 2 * assumeDeadOutageSeconds * 1000 - Date.now()));
    const volume = await stores.volumeOf(archive);
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
    assert.deepEqual(await stores.stack.cluster.endpointsOf(archive), []);
    await stores.isUnavailable(archive);
  });

  it("Wait: the same pod serves again when its node returns", async () => {
    await stores.stack.sandbox.startNode(dead);
    assert.equal((await stores.servingPod(archive)).podUid, archiveBefore.podUid);
    await stores.witnessIsIntact(archive);
    await archive.client.put("after", contentOf("after", 1000));
    await stores.nodeIsReady(dead);
    assert.deepEqual(await stores.stack.alarms(), []);
  });
});
