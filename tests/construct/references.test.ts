import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { longhornFromStack, ObjectStore, OnNodeFailure, storeFromStack } from "../../index";
import { record, settle, type RecordOptions } from "./recorder";

const stack = "organization/s3/prod";

const store = (name: string) => ({
  endpoint: `http://${name}.${name}.svc.cluster.local`,
  namespace: name,
  serviceName: name,
  servicePort: 80,
  deploymentName: name,
  persistentVolumeClaimName: `${name}-data`,
  accessMode: "ReadWriteOncePod",
  storageClassName: "longhorn-s3",
  credentialsSecretName: `${name}-gateway-credentials-1a2b3c4d`,
  onNodeFailure: "Wait",
});

const longhorn = {
  namespace: "longhorn-system",
  chartVersion: "1.12.1",
  storageClassName: "fast",
  podDeletionPolicy: "do-nothing",
  storageClassParameters: { numberOfReplicas: "2" },
};

const outputs = {
  contractVersion: 1,
  longhorn,
  stores: { photos: store("photos"), archive: store("archive") },
  credentials: pulumi.secret({
    photos: { accessKeyId: "KEY", secretAccessKey: "hunter2" },
    archive: { accessKeyId: "OTHER", secretAccessKey: "hunter3" },
  }),
};

/** Runs a program beside a stack with these outputs. */
function beside<T>(found: Record<string, unknown>, program: () => T | Promise<T>, options: RecordOptions = {}) {
  const secretOutputNames = Object.keys(found).filter((name) => pulumi.Output.isInstance(found[name]));
  return record(program, { ...options, live: { [stack]: { name: stack, outputs: found, secretOutputNames } } });
}

describe("a store of another stack", () => {
  it("has the fields of the contract as Outputs, of which the keys alone are secret", async () => {
    const { value } = await beside(outputs, () => storeFromStack(stack, "photos"));
    const { credentials, ...fields } = value;
    const { accessKeyId, secretAccessKey } = credentials;
    for (const [name, expected] of Object.entries({ ...store("photos"), predictedRecovery: undefined })) {
      const field = fields[name as keyof typeof fields] as pulumi.Output<unknown>;
      assert.deepEqual(await settle(field), { value: expected, known: true, secret: false }, name);
      assert.equal(await pulumi.isSecret(field), false, name);
    }
    assert.deepEqual(Object.keys(fields).sort(), [...Object.keys(store("photos")), "predictedRecovery"].sort());
    assert.deepEqual(await settle(accessKeyId), { value: "KEY", known: true, secret: true });
    assert.deepEqual(await settle(secretAccessKey), { value: "hunter2", known: true, secret: true });
    assert.equal(await pulumi.isSecret(secretAccessKey), true);
  });

  it("has keys that stay secret where the stack itself has them in the open", async () => {
    const open = { ...outputs, credentials: { photos: { accessKeyId: "KEY", secretAccessKey: "hunter2" } } };
    const { value } = await beside(open, () => storeFromStack(stack, "photos").credentials.secretAccessKey);
    assert.deepEqual(await settle(value), { value: "hunter2", known: true, secret: true });
  });

  it("needs no name where the stack has one store", async () => {
    const single = { ...outputs, stores: { archive: store("archive") } };
    const { value } = await beside(single, () => storeFromStack(stack));
    assert.equal((await settle(value.endpoint)).value, "http://archive.archive.svc.cluster.local");
    assert.equal((await settle(value.credentials.accessKeyId)).value, "OTHER");
  });

  it("is read through a reference that is there as well", async () => {
    const { value } = await beside(outputs, () => {
      const reference = new pulumi.StackReference("stores", { name: stack });
      return [storeFromStack(reference, "photos").namespace, storeFromStack(reference, "archive").namespace];
    });
    assert.deepEqual(await Promise.all(value.map(async (namespace) => (await settle(namespace)).value)), [
      "photos",
      "archive",
    ]);
  });

  it("is known in a preview when the stack is deployed", async () => {
    const { value, warnings } = await beside(outputs, () => storeFromStack(stack, "photos"), { preview: true });
    assert.equal((await settle(value.namespace)).value, "photos");
    assert.deepEqual(warnings, []);
  });

  it("is unknown in a preview as long as the stack is not deployed, and one warning says so", async () => {
    const read = async () => {
      const { endpoint, credentials } = storeFromStack(stack, "photos");
      return [await settle(endpoint), await settle(credentials.secretAccessKey)];
    };
    const { value, warnings } = await beside({}, read, { preview: true });
    assert.deepEqual(value, [
      { known: false, secret: false },
      { known: false, secret: true },
    ]);
    assert.deepEqual(warnings, [
      'Stack "organization/s3/prod" has no output "contractVersion": it is not deployed yet, has been destroyed, or is ' +
        "not a stack of longhorn-s3. Deploy it from its project directory: pulumi up --stack organization/s3/prod\nUntil " +
        "then, its outputs are unknown in previews.",
    ]);
  });
});

describe("the Longhorn of another stack", () => {
  const failover = { onNodeFailure: OnNodeFailure.Wait };
  const volume = { size: "1Gi" };

  it("carries a store", async () => {
    const { resource, resources } = await beside(outputs, async () => {
      new ObjectStore("second", { existingLonghorn: await longhornFromStack(stack), volume, failover });
    });
    const { spec } = resource("second-gateway-data").inputs as { spec: Record<string, unknown> };
    assert.equal(spec["storageClassName"], "fast");
    assert.deepEqual(spec["accessModes"], ["ReadWriteOncePod"]);
    assert.ok(!resources.some(({ type }) => type === "longhorn-s3:index:Longhorn"));
  });

  it("comes as plain values, through a reference as well", async () => {
    const { chartVersion: version, ...same } = longhorn;
    const { value } = await beside(outputs, () =>
      Promise.all([longhornFromStack(stack), longhornFromStack(new pulumi.StackReference(stack))]),
    );
    for (const reference of value) assert.deepEqual(reference, { ...same, version, backupTarget: undefined });
  });

  it("is refused while the stack is not deployed, in an update and in a preview", async () => {
    for (const preview of [false, true]) {
      const reading = beside({}, () => longhornFromStack(stack), { preview });
      await assert.rejects(
        reading,
        /^StackReferenceError: Stack "organization\/s3\/prod" has no output "contractVersion"/,
      );
      const through = beside({}, () => longhornFromStack(new pulumi.StackReference(stack)), { preview });
      await assert.rejects(through, /Stack "organization\/s3\/prod" has no output/);
    }
  });

  it("is what previewWith says as long as the stack is not deployed, in a preview alone", async () => {
    const previewWith = { version: "1.12.1", storageClassName: "fast", podDeletionPolicy: "do-nothing" } as const;
    const read = () => longhornFromStack(stack, { previewWith });
    const { value, warnings } = await beside({}, read, { preview: true });
    assert.deepEqual(value, previewWith);
    assert.match(warnings.join(), /pulumi up --stack organization\/s3\/prod\nUntil then, previews use previewWith/);
    await assert.rejects(beside({}, read), /is not deployed yet/);
    const deployed = await beside(outputs, read, { preview: true });
    assert.deepEqual([deployed.value.storageClassParameters, deployed.warnings], [{ numberOfReplicas: "2" }, []]);
  });

  it("is refused as a secret, which plain values would give away", async () => {
    const secret = { ...outputs, longhorn: pulumi.secret(longhorn) };
    await assert.rejects(
      beside(secret, () => longhornFromStack(stack)),
      /has a secret output "longhorn", but a store requires plain values\. .*: pulumi up --stack organization/,
    );
  });

  it("and a store beside it come from one stack in one program", async () => {
    const { value } = await beside(outputs, async () => {
      const { version } = await longhornFromStack(stack);
      return [version, storeFromStack(stack, "photos").namespace, storeFromStack(stack, "archive").namespace] as const;
    });
    assert.equal(value[0], "1.12.1");
    assert.equal((await settle(value[1])).value, "photos");
    assert.equal((await settle(value[2])).value, "archive");
  });
});
