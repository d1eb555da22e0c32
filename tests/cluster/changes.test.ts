import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openLedger } from "../../tool/s3/ledger";
import { startLoad } from "../../tool/s3/load";
import type { ObjectClient } from "../../tool/s3/client";
import { contentOf } from "../../tool/s3/content";
import type { StoreCredentials, StoreOutputs } from "../../components/stack-reference/contract";
import { prepareSandbox } from "../../testbed/sandboxes";
import { type DeployedSandbox } from "../../testbed/deployed-sandbox";
import type { StackConfig } from "../../testbed/stack-settings";
import { eventually } from "../../testbed/eventually";
import { changesOf } from "./changes-of";
import { StoreObjects, type Uids } from "../../testbed/store-objects";

const key = "kept";
const sizeBytes = 200_001;
const newImage = "quay.io/s3gw/s3gw:v0.23.1";

describe("changes of stores that serve, with the real engine, on the sandbox", function () {
  this.timeout("10m");
  let world: DeployedSandbox;
  let objects: StoreObjects;
  let photos: StoreOutputs;
  let archive: StoreOutputs;
  let keys: Record<string, StoreCredentials>;
  let existingVolume: string;
  const clients: Record<string, ObjectClient> = {};

  before(async () => {
    world = await prepareSandbox();
    objects = new StoreObjects(world.sandbox.kubeconfig);
    world.configure(({ stores }) => {
      stores["photos"]!["volume"] = { size: "2Gi" };
      stores["archive"] = { volume: { size: "1Gi" }, failover: { onNodeFailure: "Wait" } };
    });
    await world.deployment.up();
    const { stores, credentials } = await world.outputs();
    photos = stores["photos"] ?? assert.fail("no store photos");
    archive = stores["archive"] ?? assert.fail("no store archive");
    keys = credentials;
    for (const store of ["photos", "archive"]) {
      const client = await world.client(store, "bucket");
      await client.createBucket();
      await client.put(key, contentOf(key, sizeBytes));
      clients[store] = client;
    }
  });
  after(() => world.remove());

  /** Both stores answer with what was written first, and with the same keys. */
  const bothAreWhole = async (): Promise<void> => {
    for (const [store, client] of Object.entries(clients)) {
      const bytes = await eventually(`an answer of ${store}`, () => client.get(key).catch(() => undefined));
      assert.ok(contentOf(key, sizeBytes).equals(bytes), `the object in ${store} is not what was written`);
    }
    const { credentials } = await world.outputs();
    for (const store of Object.keys(clients)) assert.deepEqual(credentials[store], keys[store]);
  };

  /** Runs `up`; then only the named objects of photos are other ones than before, none of archive, and both serve. */
  const upReplaces = async (...replaced: (keyof Uids)[]) => {
    const before = await Promise.all([objects.uids(photos), objects.uids(archive)]);
    const update = await world.deployment.up();
    const after = await Promise.all([objects.uids(photos), objects.uids(archive)]);
    const different = (Object.keys(before[0]) as (keyof Uids)[]).filter((one) => before[0][one] !== after[0][one]);
    assert.deepEqual(different, replaced);
    // What is the cluster's, such as the class, both stores have in common.
    assert.deepEqual({ ...after[1], storageClass: "" }, { ...before[1], storageClass: "" });
    await bothAreWhole();
    return update;
  };

  const configurePhotos = (change: (store: Record<string, unknown>) => void): void => {
    world.configure(({ stores }) => {
      change(stores["photos"] ?? assert.fail());
    });
  };

  /** The configuration as it was before a change that is refused; a refused change changes nothing in the cluster. */
  const isRefused = async (change: (config: StackConfig) => void, ...words: (string | RegExp)[]): Promise<void> => {
    const before = await Promise.all([objects.uids(photos), objects.claim(photos), objects.image(photos)]);
    const undo = world.configure(change);
    try {
      await assert.rejects(world.deployment.preview(), (error: Error) => {
        for (const word of words) assert.match(error.message, typeof word === "string" ? literally(word) : word);
        return true;
      });
    } finally {
      undo();
    }
    const after = await Promise.all([objects.uids(photos), objects.claim(photos), objects.image(photos)]);
    assert.deepEqual(after, before);
    assert.deepEqual(changesOf(await world.deployment.preview()), {});
  };

  it("a smaller volume is refused in the preview, with the reason", async () => {
    await isRefused(
      ({ stores }) => (stores["photos"]!["volume"] = { size: "1Gi" }),
      "volume.size",
      '"1Gi"',
      '"2Gi"',
      /cannot shrink/,
    );
  });

  it("another image is refused without a snapshot", async () => {
    await isRefused(
      ({ stores }) => (stores["photos"]!["gateway"] = { image: { reference: newImage } }),
      "gateway.image.upgrade.snapshot",
      newImage,
    );
  });

  it("another image starts after a snapshot of the volume, on the same volume", async () => {
    const upgrade = { snapshot: "before-0-23-1" };
    configurePhotos((store) => (store["gateway"] = { image: { reference: newImage, upgrade } }));
    const update = changesOf(await upReplaces());
    assert.deepEqual([update["create"], update["replace"], update["delete"]], [1, undefined, undefined]);
    assert.equal(await objects.image(photos), newImage);
    const snapshot = await objects.longhornObject<{
      metadata: { creationTimestamp: string };
      spec: { volume: string };
      status: { readyToUse: boolean };
    }>("snapshots", "before-0-23-1");
    assert.equal(snapshot.spec.volume, await objects.volumeName(photos));
    assert.equal(snapshot.status.readyToUse, true);
    assert.deepEqual(changesOf(await world.deployment.up()), {});
  });

  it("the snapshot stays when the configuration no longer names it", async () => {
    configurePhotos((store) => (store["gateway"] = { image: { reference: newImage } }));
    await upReplaces();
    await objects.longhornObject("snapshots", "before-0-23-1");
  });

  it("a changed StorageClass is another class; the volumes stay, with a warning", async () => {
    world.configure(({ longhorn }) => (longhorn["storageClass"] = { numberOfReplicas: 2 }));
    const planned = await world.deployment.preview();
    const { warnings } = await upReplaces("storageClass");
    for (const text of [planned.warnings.join(), warnings.join()])
      assert.match(text, /numberOfReplicas 3 → 2.*only new volumes/);
    assert.equal((await objects.classParameters("longhorn-s3"))["numberOfReplicas"], "2");
    const { spec } = await objects.longhornObject<{ spec: { numberOfReplicas: number } }>(
      "volumes",
      await objects.volumeName(photos),
    );
    assert.equal(spec.numberOfReplicas, 3);
    assert.deepEqual(await world.deployment.up().then(({ warnings: later }) => later.filter(isAboutClass)), []);
  });

  it("another class by name is for new volumes; the stores keep theirs, with a warning", async () => {
    const undo = world.configure(({ longhorn }) => (longhorn["storageClass"] = { name: "other", numberOfReplicas: 2 }));
    try {
      const { warnings } = await world.deployment.preview();
      const about = warnings.filter((text) => text.includes("is longhorn-s3, not other"));
      assert.equal(about.length, 2, warnings.join("\n"));
    } finally {
      undo();
    }
  });

  it("a setting that is no longer written keeps its value, with a warning that names it", async () => {
    const undo = world.configure(({ longhorn }) => (longhorn["values"] = { defaultSettings: { logLevel: "Debug" } }));
    assert.deepEqual(changesOf(await world.deployment.up()), { update: 1 });
    undo();
    const isAboutSetting = (text: string): boolean =>
      /setting that is removed: logLevel\. To restore Longhorn's default, set settings\.logLevel: "Info"$/.test(text);
    const planned = await world.deployment.preview();
    const update = await world.deployment.up();
    for (const { warnings } of [planned, update]) assert.equal(warnings.filter(isAboutSetting).length, 1);
    const { value } = await objects.longhornObject<{ value: string }>("settings", "log-level");
    assert.equal(value, "Debug");
    await bothAreWhole();
    assert.deepEqual((await world.deployment.preview()).warnings.filter(isAboutSetting), []);
  });

  it("a Longhorn more than one minor version away, or an older one, is refused with the path", async () => {
    await isRefused(of(chartOf("1.14.0")), "1.12 → 1.13 → 1.14");
    await isRefused(of(chartOf("1.11.1")), "1.12.0", /does not support downgrades/);
  });

  it("a Longhorn of the next minor version is planned as a change of the release alone", async () => {
    const undo = world.configure(of(chartOf("1.13.0")));
    try {
      assert.deepEqual(changesOf(await world.deployment.preview()), { update: 1 });
    } finally {
      undo();
    }
  });

  /** The sandbox's chart under another version. */
  function chartOf(version: string): { chart: string; version: string } {
    const chart = join(world.sandbox.directory, `chart-${version}`);
    cpSync(world.sandbox.chart, chart, { recursive: true });
    const file = join(chart, "Chart.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("1.12.0", version));
    return { chart, version };
  }

  function of(chart: { chart: string; version: string }) {
    return ({ longhorn }: StackConfig): void => void Object.assign(longhorn, chart);
  }

  it("a store that is taken out of the configuration is not deleted while it is protected", async () => {
    const undo = world.configure(({ stores }) => delete stores["archive"]);
    try {
      await assert.rejects(world.deployment.up(), /protected/);
    } finally {
      undo();
    }
    assert.deepEqual(changesOf(await world.deployment.up()), {});
    await bothAreWhole();
  });

  it("one store is destroyed while the other serves without a failed request", async () => {
    world.configure(({ stores }) => (stores["archive"]!["deletionProtection"] = false));
    await upReplaces();
    existingVolume = await objects.volumeName(archive);
    const ledger = openLedger(join(world.sandbox.directory, "ledger-destroy"));
    const load = startLoad({ client: clients["photos"] ?? assert.fail(), ledger, keyPrefix: "destroy/" });
    world.configure(({ stores }) => delete stores["archive"]);
    const done = changesOf(await world.deployment.up());
    const attempts = await load.stop();
    ledger.close();
    assert.deepEqual(Object.keys(done), ["delete"]);
    assert.ok(attempts.length > 0);
    assert.deepEqual(
      attempts.filter(({ ok }) => !ok),
      [],
    );
    await assert.rejects(objects.claim(archive), /not found/i);
    const volume = await objects.core.readPersistentVolume({ name: existingVolume });
    assert.equal(volume.status?.phase, "Released");
    // The namespace with the Secret stays.
    await objects.core.readNamespacedSecret({ namespace: archive.namespace, name: archive.credentialsSecretName });
  });

  it("the destroyed store is built again on its existing volume, with its Secret and its objects", async () => {
    const persistentVolumeName = existingVolume;
    world.configure(({ stores }) => {
      stores["archive"] = {
        createNamespace: false,
        volume: { size: "1Gi", existing: { persistentVolumeName } },
        gateway: { credentials: { existingSecretName: archive.credentialsSecretName } },
        failover: { onNodeFailure: "Wait" },
      };
    });
    await world.deployment.up();
    assert.equal(await objects.volumeName(archive), persistentVolumeName);
    clients["archive"]?.close();
    clients["archive"] = await world.client("archive", "bucket");
    await bothAreWhole();
    assert.deepEqual(changesOf(await world.deployment.up()), {});
    assert.deepEqual(changesOf(await world.deployment.refresh()), {});
  });

  it("raised no alarm", async () => {
    assert.deepEqual(await world.alarms(), []);
  });
});

const isAboutClass = (text: string): boolean => text.includes("new volumes only");

function literally(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}
