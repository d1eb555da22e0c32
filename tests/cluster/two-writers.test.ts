import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { processesOfPod } from "../../sandbox";
import { contentOf } from "../../tool/s3/content";
import { eventually } from "../../testbed/eventually";
import { shareSandbox } from "../../testbed/sandboxes";
import { WatchedStores, type WatchedStore } from "../../testbed/watched-stores";

describe("two processes on one volume, on the sandbox", function () {
  this.timeout("15m");
  let stores: WatchedStores;
  let photos: WatchedStore;
  let archive: WatchedStore;

  before(async () => {
    stores = await WatchedStores.deployOn(await shareSandbox());
    ({ photos, archive } = stores);
  });
  after(() => stores.remove());

  it("AssumeDead: what a cut-off node writes on is lost, and the sandbox raises an alarm", async () => {
    const { sandbox, cluster } = stores.stack;
    const before = await stores.servingPod(photos);
    await sandbox.cutOffNode(before.node);
    const isolated = await stores.stack.podClient("photos", before.podName, "bucket");
    await isolated.put("isolated", contentOf("isolated", 1000));
    const after = await eventually(
      "the store's move",
      async () => (await cluster.endpointsOf(photos)).find((pod) => pod.node !== before.node),
      400,
    );
    await stores.witnessIsIntact(photos);
    assert.equal(await photos.client.get("isolated"), undefined);
    const alarms = await eventually("the alarm", async () => {
      const raised = await stores.stack.alarms();
      return raised.some(({ alarm }) => alarm === "two-processes-on-one-volume") ? raised : undefined;
    });
    const nodes = alarms.flatMap(({ processes }) => processes.map(({ node }) => node));
    assert.ok(nodes.includes(before.node) && nodes.includes(after.node), nodes.join());
    await sandbox.rejoinNode(before.node);
    await eventually("the end of the isolated process", () =>
      Promise.resolve(processesOfPod(before.podUid).length === 0 ? true : undefined),
    );
    await stores.nodeIsReady(before.node);
    assert.equal(await photos.client.get("isolated"), undefined);
    await stores.witnessIsIntact(photos);
  });

  it("a second writer is reported", async () => {
    const serving = await stores.servingPod(archive);
    const volume = await stores.volumeOf(archive);
    const known = (await stores.stack.alarms()).length;
    const image = (await stores.core.readNamespacedPod({ namespace: archive.namespace, name: serving.podName })).spec
      ?.containers[0]?.image;
    const name = "second-writer";
    await stores.core.createNamespacedPod({
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
            { name, hostPath: { path: currentGeneration(join(stores.stack.sandbox.directory, "volumes"), volume) } },
          ],
        },
      },
    });
    const alarm = await eventually("the alarm", async () =>
      (await stores.stack.alarms())
        .slice(known)
        .find(
          ({ alarm: kind, processes }) =>
            kind === "two-processes-on-one-volume" && processes.some(({ pod }) => pod === name),
        ),
    );
    assert.deepEqual(alarm.processes.map(({ pod }) => pod).sort(), [name, serving.podName].sort());
  });
});

/** The folder of the volume's data that is in use: the highest generation. */
function currentGeneration(volumes: string, volume: string): string {
  const number = (name: string): number => Number(name.replace("generation-", ""));
  const generations = readdirSync(join(volumes, volume)).filter((name) => /^generation-\d+$/.test(name));
  const [newest = assert.fail(`volume ${volume} has no data`)] = generations.sort((a, b) => number(b) - number(a));
  return join(volumes, volume, newest);
}
