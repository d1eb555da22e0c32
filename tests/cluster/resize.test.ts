import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { V1Pod } from "@kubernetes/client-node";
import type { StoreOutputs } from "../../components/stack-reference/contract";
import type { ObjectClient } from "../../tool/s3/client";
import { contentOf } from "../../tool/s3/content";
import { openLedger } from "../../tool/s3/ledger";
import { startLoad } from "../../tool/s3/load";
import { shareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import { eventually } from "../../testbed/eventually";
import { changesOf } from "./changes-of";
import { StoreObjects } from "../../testbed/store-objects";

const key = "kept";
const content = contentOf(key, 200_001);
const bytesOf = (gibibytes: number): number => gibibytes * 1024 ** 3;

describe("a store whose volume grows, with the real engine, on the sandbox", function () {
  this.timeout("10m");
  let world: DeployedSandbox;
  let objects: StoreObjects;
  let photos: StoreOutputs;
  let client: ObjectClient;

  before(async () => {
    world = await shareSandbox();
    objects = new StoreObjects(world.sandbox.kubeconfig);
    await world.deployment.up();
    photos = (await world.outputs()).stores["photos"] ?? assert.fail("no store photos");
    const connected = await world.client("photos", "bucket");
    await connected.createBucket();
    await connected.put(key, content);
    client = connected;
  });
  after(() => world.remove());

  it("its claim tells the new size while the same pod serves without a failed request", async () => {
    const before = await pods();
    const ledger = openLedger(join(world.sandbox.directory, "ledger-resize"));
    const load = startLoad({ client, ledger, keyPrefix: "resize/" });
    await upWithSize("2Gi");
    await capacityIs("2Gi");
    const attempts = await load.stop();
    ledger.close();
    assert.ok(attempts.length > 0);
    assert.deepEqual(
      attempts.filter(({ ok }) => !ok),
      [],
    );
    assert.deepEqual((await pods()).map(identity), before.map(identity));
    assert.ok(content.equals((await client.get(key)) ?? Buffer.alloc(0)), "the object is not what was written");
  });

  it("engine, replicas and filesystem have grown with it", async () => {
    await longhornHas(2);
    const volume = await objects.volumeName(photos);
    const state = readFileSync(join(world.sandbox.directory, "volumes", volume, "state.json"), "utf8");
    assert.equal((JSON.parse(state) as { size?: number }).size, bytesOf(2));
  });

  it("neither a refresh nor another up finds anything to do", async () => {
    assert.deepEqual(changesOf(await world.deployment.refresh()), {});
    assert.deepEqual(changesOf(await world.deployment.up()), {});
  });

  it("raised no alarm", async () => {
    assert.deepEqual(await world.alarms(), []);
  });

  /** Enlarges the volume with `up`, which changes the claim and nothing else. */
  async function upWithSize(size: string): Promise<void> {
    world.configure(({ stores }) => {
      stores["photos"] = { ...stores["photos"], volume: { size } };
    });
    assert.deepEqual(changesOf(await world.deployment.up()), { update: 1 });
  }

  function capacityIs(size: string): Promise<true> {
    return eventually(`a capacity of ${size}`, async () => {
      const { status } = await objects.claim(photos);
      return status?.capacity?.["storage"] === size || undefined;
    });
  }

  /** Longhorn's own objects of the volume agree about its size. */
  async function longhornHas(gibibytes: number): Promise<void> {
    const name = await objects.volumeName(photos);
    const bytes = bytesOf(gibibytes);
    const { spec, status } = await objects.longhornObject<LonghornVolume>("volumes", name);
    assert.deepEqual([spec.size, status.expansionRequired], [String(bytes), false]);
    const engines = await objects.longhornObjectsOf<LonghornEngine>("engines", name);
    assert.deepEqual(
      engines.map((engine) => [engine.spec.volumeSize, engine.status.currentSize, engine.status.isExpanding]),
      [[String(bytes), String(bytes), false]],
    );
    const replicas = await objects.longhornObjectsOf<LonghornReplica>("replicas", name);
    assert.deepEqual(
      replicas.map((replica) => replica.spec.volumeSize),
      [1, 2, 3].map(() => String(bytes)),
    );
  }

  async function pods(): Promise<V1Pod[]> {
    return (await objects.core.listNamespacedPod({ namespace: photos.namespace })).items;
  }
});

interface LonghornVolume {
  spec: { size: string };
  status: { state: string; expansionRequired: boolean };
}

interface LonghornEngine {
  spec: { volumeSize: string };
  status: { currentSize: string; isExpanding: boolean };
}

interface LonghornReplica {
  spec: { volumeSize: string };
}

const identity = ({ metadata, status }: V1Pod): [string | undefined, number[] | undefined] => [
  metadata?.uid,
  status?.containerStatuses?.map(({ restartCount }) => restartCount),
];
