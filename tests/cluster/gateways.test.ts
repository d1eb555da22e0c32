import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { adopt, S3Gateway, type S3GatewayArgs } from "../../index";
import { createObjectClient, type ObjectClient } from "../../tool/s3/client";
import { contentOf } from "../../tool/s3/content";
import { shareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import { eventually } from "../../testbed/eventually";
import { inlineStack, type Done, type InlineStack, type Program } from "../../testbed/inline-stack";
import { StoreObjects } from "../../testbed/store-objects";

const namespace = "legacy";
const keys = { accessKeyId: "LEGACYACCESSKEY00000", secretAccessKey: "legacy0secret0key0of0forty0letters000000" };
const image = "quay.io/s3gw/s3gw:v0.23.0";
const object = { key: "from-before", content: contentOf("from-before", 50_000) };

describe("gateways in programs of one's own, with the real engine, on the sandbox", function () {
  this.timeout("10m");
  let world: DeployedSandbox;
  let cluster: StoreObjects;
  let stack: InlineStack;
  const clients: ObjectClient[] = [];

  before(async () => {
    world = await shareSandbox();
    cluster = new StoreObjects(world.sandbox.kubeconfig);
    stack = await inlineStack(world, "gateways");
    await makeByHand();
  });
  after(async () => {
    for (const client of clients) client.close();
    await world.remove();
  });

  const legacy = (more: Partial<S3GatewayArgs> = {}): S3GatewayArgs => ({
    namespace,
    volume: { size: "1Gi", storageClassName: "longhorn-s3" },
    gateway: { credentials: { existingSecretName: "keys" } },
    ...more,
  });
  const adopted = adopt({ "legacy-data": "legacy/legacy-data", "legacy-service": "legacy/legacy" });
  const program =
    (args: S3GatewayArgs, more: pulumi.ComponentResourceOptions = {}): Program =>
    (opts) => {
      const gateway = new S3Gateway("legacy", args, { ...opts, ...more });
      return { accessMode: gateway.accessMode, accessKeyId: gateway.accessKeyId };
    };

  it("objects that exist are not overwritten by a program that does not know of them", async () => {
    const before = await uids();
    await assert.rejects(stack.up(program(legacy())));
    assert.deepEqual(await uids(), before);
  });

  it("are adopted where the program says so: the same claim, the same Service, the objects in it", async () => {
    const before = await uids();
    const done = await stack.up(program(legacy(), { transforms: [adopted] }));
    assert.deepEqual(done.steps["import"]?.sort(), ["legacy-data", "legacy-service"]);
    assert.equal(done.steps["replace"] ?? done.steps["delete"], undefined);
    assert.deepEqual(await uids(), before);
    assert.equal(done.outputs["accessMode"], "ReadWriteOnce");
    assert.equal(done.outputs["accessKeyId"], keys.accessKeyId);
    await isThere();
  });

  it("once adopted, the program needs the transform no more", async () => {
    const before = await uids();
    const { steps } = await stack.up(program(legacy()));
    assert.deepEqual(
      Object.keys(steps).filter((step) => !["read", "update"].includes(step)),
      [],
    );
    assert.deepEqual(await uids(), before);
    assert.deepEqual(changed(await stack.up(program(legacy()))), {});
    assert.deepEqual(changed(await stack.refresh(program(legacy()))), {});
  });

  it("another access mode is for new volumes: this one keeps its own, with a warning each time", async () => {
    const before = await uids();
    const done = await stack.up(program(legacy()));
    assert.deepEqual(warningsAbout(done, "ReadWriteOncePod").length, 1, done.warnings.join("\n"));
    assert.deepEqual(await uids(), before);
    const wish = legacy({
      volume: { size: "1Gi", storageClassName: "longhorn-s3", accessMode: "ReadWriteOnce" },
    });
    assert.deepEqual(warningsAbout(await stack.up(program(wish)), "ReadWriteOnce"), []);
    await isThere();
  });

  it("several gateways in one program serve side by side, and one goes without the others", async () => {
    const args = (name: string): S3GatewayArgs => legacy({ service: { name }, deletionProtection: false });
    const both: Program = (opts) => {
      program(legacy())(opts);
      for (const name of ["second", "third"]) new S3Gateway(name, args(name), opts);
      return undefined;
    };
    const made = await stack.up(both);
    assert.deepEqual(made.steps["create"]?.length, 10, JSON.stringify(made.steps));
    const done = await stack.up((opts) => {
      program(legacy())(opts);
      new S3Gateway("second", args("second"), opts);
      return undefined;
    });
    assert.deepEqual(done.steps["delete"]?.sort(), [
      "third",
      "third-data",
      "third-deployment",
      "third-image",
      "third-service",
    ]);
    await isThere();
  });

  it("raised no alarm", async () => {
    assert.deepEqual(await world.alarms(), []);
  });

  /** A gateway as somebody would have made it with kubectl: claim, Service, Secret, and a pod that wrote an object. */
  async function makeByHand(): Promise<void> {
    const { core } = cluster;
    await core.createNamespace({ body: { metadata: { name: namespace } } });
    await core.createNamespacedSecret({
      namespace,
      body: {
        metadata: { name: "keys" },
        stringData: {
          RGW_DEFAULT_USER_ID: "admin",
          RGW_DEFAULT_USER_ACCESS_KEY: keys.accessKeyId,
          RGW_DEFAULT_USER_SECRET_KEY: keys.secretAccessKey,
        },
      },
    });
    await core.createNamespacedPersistentVolumeClaim({
      namespace,
      body: {
        metadata: { name: "legacy-data", labels: { team: "a" } },
        spec: {
          accessModes: ["ReadWriteOnce"],
          storageClassName: "longhorn-s3",
          resources: { requests: { storage: "1Gi" } },
        },
      },
    });
    await core.createNamespacedService({
      namespace,
      body: {
        metadata: { name: "legacy" },
        spec: { selector: { app: "legacy" }, ports: [{ name: "s3", port: 80, targetPort: 7480 }] },
      },
    });
    await core.createNamespacedPod({
      namespace,
      body: {
        metadata: { name: "by-hand", labels: { app: "legacy" } },
        spec: {
          containers: [
            {
              name: "s3gw",
              image,
              args: ["--rgw-frontends", "beast port=7480", "--rgw-sfs-data-path", "/data"],
              envFrom: [{ secretRef: { name: "keys" } }],
              volumeMounts: [{ name: "data", mountPath: "/data" }],
              readinessProbe: { httpGet: { path: "/", port: 7480 }, periodSeconds: 1 },
            },
          ],
          volumes: [{ name: "data", persistentVolumeClaim: { claimName: "legacy-data" } }],
        },
      },
    });
    const client = await connect();
    await eventually("the gateway made by hand", async () => {
      await client.createBucket().catch(() => undefined);
      return client.put(object.key, object.content).then(
        () => true,
        () => undefined,
      );
    });
    await core.deleteNamespacedPod({ namespace, name: "by-hand" });
    await eventually("its end", () =>
      core.readNamespacedPod({ namespace, name: "by-hand" }).then(
        () => undefined,
        () => true,
      ),
    );
  }

  async function connect() {
    const { url } = await world.sandbox.exposeService(namespace, "legacy", 80);
    const client = createObjectClient({ url, credentials: keys, bucket: "bucket" });
    clients.push(client);
    return client;
  }

  async function isThere(): Promise<void> {
    const client = await connect();
    const bytes = await eventually("an answer", () => client.get(object.key).catch(() => undefined));
    assert.ok(object.content.equals(bytes), "the object is not what was written");
  }

  async function uids(): Promise<(string | undefined)[]> {
    const claim = await cluster.core.readNamespacedPersistentVolumeClaim({ namespace, name: "legacy-data" });
    const service = await cluster.core.readNamespacedService({ namespace, name: "legacy" });
    return [claim.metadata?.uid, claim.spec?.volumeName, claim.spec?.accessModes?.join(), service.metadata?.uid];
  }
});

/** Without what was only read. */
const changed = ({ steps: { read: _, ...others } }: Done): Record<string, string[]> => others;

const warningsAbout = ({ warnings }: Done, word: string): string[] =>
  warnings.filter((text) => text.includes(word) && text.includes("access mode"));
