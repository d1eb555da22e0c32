import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { OutputMap, Stack } from "@pulumi/pulumi/automation";
import { createObjectClient } from "../../tool/s3/client";
import { contentOf } from "../../tool/s3/content";
import { prepareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import { exampleStack } from "./example-project";
import { StoreObjects } from "../../testbed/store-objects";

const producer = "organization/longhorn-s3/sandbox";
const notDeployed = `Stack "${producer}" has no output "contractVersion": it is not deployed yet`;
const quiet = { color: "never", suppressProgress: true } as const;

describe("stacks that use the store and the Longhorn of another stack, on the sandbox", function () {
  this.timeout("10m");
  let world: DeployedSandbox;
  let application: Stack;
  let secondStore: Stack;

  before(async () => {
    world = await prepareSandbox();
    application = await exampleStack(world, "application", { storesStack: producer });
    secondStore = await exampleStack(world, "second-store", { longhornStack: producer });
  });
  after(() => world.remove());

  it("preview with a warning before that stack is deployed; what needs plain values is refused", async () => {
    const { stdout, changeSummary } = await application.preview(quiet);
    assert.equal(changeSummary["create"], 5, stdout); // the stack, and all but the Secret's and the Job's values are known
    assert.ok(stdout.includes(notDeployed), stdout);
    const message = await refusalOf(secondStore.preview(quiet));
    assert.ok(message.includes(notDeployed), message);
    assert.doesNotMatch(message, /^\s+at /m);
  });

  it("make a bucket and a Secret with all that an application needs", async () => {
    await world.deployment.up();
    const { bucketName, secretName, secretNamespace } = textsIn((await application.up(quiet)).outputs);
    assert.equal(bucketName, "invoices");
    const objects = new StoreObjects(world.sandbox.kubeconfig);
    const { data = {} } = await objects.core.readNamespacedSecret({
      name: secretName ?? "",
      namespace: secretNamespace ?? "",
    });
    const found = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decoded(value)]));
    const { stores, credentials } = await world.outputs();
    assert.deepEqual(found, {
      AWS_ENDPOINT_URL_S3: stores["photos"]?.endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: credentials["photos"]?.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials["photos"]?.secretAccessKey,
      BUCKET: "invoices",
    });
    const client = await world.client("photos", "invoices");
    await client.put("first", contentOf("first", 1024));
    assert.deepEqual(await client.keys(), ["first"]);
  });

  it("change nothing when they are run again, and leave a bucket that is there as it is", async () => {
    const again = (await application.up(quiet)).summary.resourceChanges;
    assert.deepEqual(Object.keys(again ?? {}), ["same"]);
    const replaced = await application.up({ ...quiet, replace: [await urnOf(application, "Job::make-bucket")] });
    assert.ok((replaced.summary.resourceChanges?.replace ?? 0) >= 1, replaced.stdout);
    assert.deepEqual(await (await world.client("photos", "invoices")).keys(), ["first"]);
  });

  it("keep the keys out of everything that Pulumi writes", async () => {
    const { accessKeyId, secretAccessKey } = (await world.outputs()).credentials["photos"] ?? assert.fail();
    const state = join(world.stateDirectory, "state");
    const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    assert.ok(files.some(({ parentPath, name }) => parentPath.endsWith("application") && name === "dev.json"));
    for (const { parentPath, name } of files) {
      const text = readFileSync(join(parentPath, name), "utf8");
      for (const secret of [accessKeyId, secretAccessKey]) assert.ok(!text.includes(secret), join(parentPath, name));
    }
  });

  it("put a second store on that stack's Longhorn", async () => {
    const { outputs } = await secondStore.up(quiet);
    const { endpoint, accessKeyId, secretAccessKey } = textsIn(outputs);
    assert.equal(endpoint, "http://archive.archive.svc.cluster.local");
    assert.deepEqual(
      [outputs["endpoint"]?.secret, outputs["accessKeyId"]?.secret, outputs["secretAccessKey"]?.secret],
      [false, true, true],
    );
    const { longhorn } = await world.outputs();
    const objects = new StoreObjects(world.sandbox.kubeconfig);
    const claims = await objects.core.listNamespacedPersistentVolumeClaim({ namespace: "archive" });
    assert.deepEqual(
      claims.items.map(({ spec }) => [spec?.storageClassName, spec?.accessModes]),
      [[longhorn.storageClassName, ["ReadWriteOncePod"]]],
    );
    const { url } = await world.sandbox.exposeService("archive", "archive", 80);
    const credentials = { accessKeyId: accessKeyId ?? "", secretAccessKey: secretAccessKey ?? "" };
    const client = createObjectClient({ url, credentials, bucket: "bucket" });
    await client.createBucket();
    assert.deepEqual(await client.keys(), []);
    client.close();
  });

  it("raised no alarm", async () => {
    assert.deepEqual(await world.alarms(), []);
  });
});

async function refusalOf(operation: Promise<unknown>): Promise<string> {
  const error = await operation.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error, "it was not refused");
  return error.message;
}

async function urnOf(stack: Stack, end: string): Promise<string> {
  const { resources } = (await stack.exportStack()).deployment as { resources: { urn: string }[] };
  return resources.find(({ urn }) => urn.endsWith(end))?.urn ?? assert.fail(`no resource ${end}`);
}

function textsIn(outputs: OutputMap): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, String(value)]));
}

function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString();
}
