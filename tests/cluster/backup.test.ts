import assert from "node:assert/strict";
import type { StoreOutputs } from "../../components/stack-reference/contract";
import type { ObjectClient } from "../../tool/s3/client";
import { contentOf } from "../../tool/s3/content";
import { prepareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import { eventually } from "../../testbed/eventually";
import { changesOf } from "./changes-of";
import { StoreObjects } from "../../testbed/store-objects";

const target = "nfs://backups.example.com:/export";
const longhorn = { group: "longhorn.io", version: "v1beta2", namespace: "longhorn-system" };
const kept = { key: "kept", content: contentOf("kept", 200_001) };
const later = { key: "later", content: contentOf("later", 1_001) };

describe("a store that is backed up and restored, with the real engine, on the sandbox", function () {
  this.timeout("10m");
  let world: DeployedSandbox;
  let objects: StoreObjects;
  let photos: StoreOutputs;
  let client: ObjectClient;
  let backupUrl: string;

  before(async () => {
    world = await prepareSandbox();
    objects = new StoreObjects(world.sandbox.kubeconfig);
    world.configure((config) => (config.longhorn["backup"] = { target }));
    await world.deployment.up();
    photos = (await world.outputs()).stores["photos"] ?? assert.fail("no store photos");
    const connected = await world.client("photos", "bucket");
    await connected.createBucket();
    await connected.put(kept.key, kept.content);
    client = connected;
  });
  after(() => world.remove());

  it("Longhorn has the backup target that was asked for, and nothing warns of one that is missing", async () => {
    const { spec, status } = await eventually("an available backup target", async () => {
      const found = await objects.longhornObject<BackupTarget>("backuptargets", "default");
      return found.status?.available === true ? found : undefined;
    });
    assert.equal(spec.backupTargetURL, target);
    assert.equal(status?.available, true);
    const { warnings } = await world.deployment.preview();
    assert.deepEqual(
      warnings.filter((text) => text.includes("replication is no backup")),
      [],
    );
  });

  it("a backup of its volume is completed, with a URL", async () => {
    const volume = await objects.volumeName(photos);
    await create("snapshots", "Snapshot", "for-backup", { spec: { volume, createSnapshot: true } });
    await eventually("the snapshot", async () => {
      const { status } = await objects.longhornObject<{ status?: { readyToUse?: boolean } }>("snapshots", "for-backup");
      return status?.readyToUse === true || undefined;
    });
    await create("backups", "Backup", "backup-of-photos", {
      metadata: { labels: { "backup-volume": volume } },
      spec: { snapshotName: "for-backup" },
    });
    backupUrl = await eventually("the backup", async () => {
      const { status } = await objects.longhornObject<Backup>("backups", "backup-of-photos");
      assert.notEqual(status?.state, "Error", status?.error);
      return status?.state === "Completed" ? status.url : undefined;
    });
    await client.put(later.key, later.content);
  });

  it("another store is made of it, with the objects and the keys that it had then", async () => {
    await copySecret("restored");
    world.configure(({ stores }) => {
      stores["restored"] = {
        createNamespace: false,
        gateway: { credentials: { existingSecretName: "keys" } },
        volume: { size: "1Gi", fromBackup: backupUrl },
        failover: { onNodeFailure: "Wait" },
      };
    });
    await world.deployment.up();
    const restored = await world.client("restored", "bucket");
    const bytes = await eventually("an answer", () => restored.get(kept.key).catch(() => undefined));
    assert.ok(kept.content.equals(bytes), "the object is not what was written");
    assert.equal(await restored.get(later.key).catch(() => undefined), undefined);
    const { credentials } = await world.outputs();
    assert.deepEqual(credentials["restored"], credentials["photos"]);
  });

  it("a recurring job makes backups of its volume by itself, which its claim is changed for in place", async () => {
    const before = await objects.uids(photos);
    world.configure(({ stores }) => {
      const recurringJobs = [{ name: "often", task: "backup", cron: "* * * * *", retain: 2 }];
      stores["photos"] = { ...stores["photos"], volume: { size: "1Gi", recurringJobs } };
    });
    assert.deepEqual(changesOf(await world.deployment.up()), { create: 1, update: 1 });
    assert.deepEqual(await objects.uids(photos), before);
    const volume = await objects.volumeName(photos);
    await eventually("a backup by schedule", async () => {
      const { items } = (await objects.custom.listNamespacedCustomObject({ ...longhorn, plural: "backups" })) as {
        items: (Backup & { metadata: { name: string; labels?: Record<string, string> } })[];
      };
      const byJob = items.filter(
        ({ metadata }) => metadata.name !== "backup-of-photos" && metadata.labels?.["backup-volume"] === volume,
      );
      return byJob.some(({ status }) => status?.state === "Completed") || undefined;
    });
  });

  it("the store that was backed up has both objects, and nothing is left to do", async () => {
    for (const { key, content } of [kept, later]) assert.ok(content.equals((await client.get(key)) ?? Buffer.alloc(0)));
    assert.deepEqual(changesOf(await world.deployment.up()), {});
    assert.deepEqual(changesOf(await world.deployment.refresh()), {});
  });

  it("raised no alarm", async () => {
    assert.deepEqual(await world.alarms(), []);
  });

  async function create(plural: string, kind: string, name: string, more: { metadata?: object; spec: object }) {
    const { metadata, spec } = more;
    const body = { apiVersion: "longhorn.io/v1beta2", kind, metadata: { name, ...metadata }, spec };
    await objects.custom.createNamespacedCustomObject({ ...longhorn, plural, body });
  }

  /** The keys of photos where the other store looks for them. */
  async function copySecret(namespace: string): Promise<void> {
    const { data } = await objects.core.readNamespacedSecret({
      namespace: photos.namespace,
      name: photos.credentialsSecretName,
    });
    await objects.core.createNamespace({ body: { metadata: { name: namespace } } });
    await objects.core.createNamespacedSecret({ namespace, body: { metadata: { name: "keys" }, data } });
  }
});

interface BackupTarget {
  spec: { backupTargetURL: string };
  status?: { available?: boolean };
}

interface Backup {
  status?: { state?: string; url?: string; error?: string };
}
