import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pulumiDirectoryOf } from "../../tool/features/demo/deploy-store";
import type { ObjectClient } from "../../tool/s3/client";
import { contentOf } from "../../tool/s3/content";
import { changesOf } from "./changes-of";
import { prepareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";

const key = "kept";
const sizeBytes = 8 * 1024 * 1024 + 1;

describe("a store's life with the real engine, on the sandbox", function () {
  this.timeout("10m");
  let world: DeployedSandbox;
  let client: ObjectClient & { createBucket(): Promise<void> };

  before(async () => {
    world = await prepareSandbox();
  });
  after(() => world.remove());

  const isThere = async (): Promise<void> => {
    const bytes = await client.get(key);
    assert.ok(
      bytes !== undefined && contentOf(key, sizeBytes).equals(bytes),
      `object "${key}" is not what was written`,
    );
  };

  it("up creates what the preview planned, nothing else, and the store serves", async () => {
    const planned = await world.deployment.preview();
    const update = await world.deployment.up();
    assert.deepEqual(changesOf(update), changesOf(planned));
    assert.deepEqual(Object.keys(changesOf(update)), ["create"]);
    client = await world.client("photos", "bucket");
    await client.createBucket();
    await client.put(key, contentOf(key, sizeBytes));
    await isThere();
  });

  it("tells its outputs as they are in the cluster", async () => {
    const { longhorn, stores, credentials } = await world.outputs();
    const photos = stores["photos"];
    assert.ok(photos);
    assert.equal(photos.accessMode, "ReadWriteOncePod");
    assert.equal(photos.onNodeFailure, "AssumeDead");
    assert.equal(photos.endpoint, `http://${photos.serviceName}.${photos.namespace}.svc.cluster.local`);
    assert.equal(longhorn.podDeletionPolicy, "delete-deployment-pod");
    assert.equal(longhorn.chartVersion, "1.12.0");
    assert.equal((await world.cluster.endpointsOf(photos)).length, 1);
    assert.ok(await world.cluster.volumeOf(photos));
    assert.ok((credentials["photos"]?.secretAccessKey.length ?? 0) >= 20);
  });

  it("keeps its keys out of everything that Pulumi writes", async () => {
    const { accessKeyId, secretAccessKey } = (await world.outputs()).credentials["photos"] ?? assert.fail();
    const files = textFilesIn(pulumiDirectoryOf(world.sandbox.directory));
    assert.ok(
      files.some((file) => file.endsWith("sandbox.json")),
      files.join(),
    );
    for (const file of files) {
      const text = readFileSync(file, "utf8");
      for (const secret of [accessKeyId, secretAccessKey]) {
        assert.ok(!text.includes(secret) && !text.includes(Buffer.from(secret).toString("base64")), file);
      }
    }
  });

  it("a second up and a refresh change nothing", async () => {
    assert.deepEqual(changesOf(await world.deployment.up()), {});
    assert.deepEqual(changesOf(await world.deployment.refresh()), {});
    assert.deepEqual(changesOf(await world.deployment.preview()), {});
    await isThere();
  });

  it("destroy is refused and deletes nothing", async () => {
    await assert.rejects(world.deployment.destroy(), /protected/);
    await isThere();
    assert.deepEqual(changesOf(await world.deployment.refresh()), {});
  });

  it("is destroyed when one up before has allowed it", async () => {
    world.configure(({ longhorn, stores }) => {
      longhorn["allowUninstall"] = true;
      longhorn["deletionProtection"] = false;
      for (const store of Object.values(stores)) store["deletionProtection"] = false;
    });
    const allowed = changesOf(await world.deployment.up());
    assert.equal(allowed["delete"] ?? allowed["replace"], undefined, JSON.stringify(allowed));
    await isThere();
    const destroyed = changesOf(await world.deployment.destroy());
    assert.deepEqual(Object.keys(destroyed), ["delete"]);
    await assert.rejects(client.get(key));
  });

  it("raised no alarm", async () => {
    assert.deepEqual(await world.alarms(), []);
  });
});

/** Every file below a folder that Pulumi writes for a stack: state, history, backups, settings; not the installation. */
function textFilesIn(directory: string): string[] {
  return ["settings", "state"]
    .map((folder) => join(directory, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
