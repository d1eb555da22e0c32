import assert from "node:assert/strict";
import { shareSandbox } from "../../testbed/sandboxes";
import { WatchedStores, type WatchedStore } from "../../testbed/watched-stores";

describe("a gateway that dies, on the sandbox", function () {
  this.timeout("15m");
  let stores: WatchedStores;
  let photos: WatchedStore;

  before(async () => {
    stores = await WatchedStores.deployOn(await shareSandbox());
    ({ photos } = stores);
  });
  after(() => stores.remove());

  it("is restarted on its node when its process is killed; no acknowledged write is lost", async () => {
    const before = await stores.servingPod(photos);
    await stores.losesNothing(photos, "process/", async () => {
      await stores.stack.sandbox.killPod(before.podUid);
    });
    assert.deepEqual(await stores.servingPod(photos), before);
    assert.deepEqual(await stores.stack.alarms(), []);
  });

  it("is replaced when its pod is deleted; no acknowledged write is lost", async () => {
    const before = await stores.servingPod(photos);
    await stores.losesNothing(photos, "pod/", async () => {
      await stores.core.deleteNamespacedPod({ namespace: photos.namespace, name: before.podName });
    });
    assert.notEqual((await stores.servingPod(photos)).podUid, before.podUid);
    assert.deepEqual(await stores.stack.alarms(), []);
  });
});
