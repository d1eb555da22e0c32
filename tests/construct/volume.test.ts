import assert from "node:assert/strict";
import { S3Gateway, type GatewayVolumeArgs, type S3GatewayArgs } from "../../index";
import { record, type RecordOptions } from "./recorder";

const labels = {
  "app.kubernetes.io/name": "s3gw",
  "app.kubernetes.io/instance": "photos",
  "app.kubernetes.io/component": "gateway",
  "app.kubernetes.io/managed-by": "pulumi",
};
const createdLabels = { ...labels, "longhorn-s3/stack": "longhorn-s3.test" };
const noHooks = { beforeCreate: [], afterCreate: [], beforeUpdate: [] };
const credentials = { existingSecretName: "photos-credentials-1a2b3c4d" };

/** Everything that a gateway has anyway. */
const usual = ["g", "g-data", "g-deployment", "g-image", "g-service"];

interface Wishes {
  volume?: Partial<GatewayVolumeArgs>;
  more?: Partial<S3GatewayArgs>;
}

const secret = {
  metadata: { namespace: "s3", name: credentials.existingSecretName },
  data: Object.fromEntries(["ID", "ACCESS_KEY", "SECRET_KEY"].map((key) => [`RGW_DEFAULT_USER_${key}`, "a2V5"])),
};

/** A gateway whose keys are there already, so that all that is made is the volume's. */
async function gateway({ volume, more }: Wishes, { live, ...options }: RecordOptions = {}) {
  const recording = await record(
    () =>
      new S3Gateway("g", {
        namespace: "s3",
        service: { name: "photos" },
        gateway: { credentials },
        volume: { size: "10Gi", storageClassName: "fast", ...volume },
        ...more,
      }),
    { ...options, live: { [`s3/${credentials.existingSecretName}`]: secret, ...live } },
  );
  const names = recording.resources.map(({ name }) => name).filter((name) => !usual.includes(name));
  return { ...recording, names };
}

const released = {
  metadata: { name: "pvc-released" },
  spec: {
    accessModes: ["ReadWriteOnce"],
    storageClassName: "slow",
    persistentVolumeReclaimPolicy: "Retain",
    claimRef: { namespace: "old", name: "old-data", uid: "1" },
    csi: { driver: "driver.longhorn.io", volumeHandle: "photos-volume" },
  },
  status: { phase: "Released" },
};
const existing = { persistentVolumeName: "pvc-released" };
const fromBackup = "s3://backups@eu-central-1/?backup=backup-1b2c&volume=pvc-4f1e";

describe("the volume of a gateway", () => {
  it("is a claim that is looked at before it changes, and nothing else", async () => {
    const { names, resource, warnings } = await gateway({});
    assert.deepEqual(names, []);
    assert.deepEqual(resource("g-data").hooks, { ...noHooks, beforeUpdate: ["g-volume-size"] });
    assert.deepEqual(resource("g-data").dependencies, []);
    assert.deepEqual(resource("g-deployment").hooks, { ...noHooks, beforeUpdate: ["g-image-change"] });
    assert.deepEqual(warnings, []);
  });

  it("is planned in a preview as it is built in an update", async () => {
    const wishes = {
      volume: { existing, recurringJobs: [{ name: "trim", task: "filesystem-trim", cron: "@weekly" }] },
    };
    const build = (preview: boolean) => gateway(wishes as Wishes, { preview, live: { "pvc-released": released } });
    assert.deepEqual((await build(true)).names, ["g-job-trim", "g-kept-volume-claim"]);
    assert.deepEqual((await build(false)).names, ["g-job-trim", "g-kept-volume-claim"]);
  });

  it("may be other than the inputs ask for, which is said every time", async () => {
    const { warnings } = await gateway({}, { accessMode: "ReadWriteOnce" });
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", /^the access mode of the volume is ReadWriteOnce, not ReadWriteOncePod: /);
  });
});

describe("an existing volume", () => {
  it("is claimed as it is, then told whose it is, before the gateway starts", async () => {
    const { names, resource, warnings } = await gateway(
      { volume: { existing } },
      { live: { "pvc-released": released } },
    );
    assert.deepEqual(names, ["g-kept-volume-claim"]);
    assert.deepEqual(resource("g-data").inputs["spec"], {
      accessModes: ["ReadWriteOnce"],
      storageClassName: "slow",
      volumeName: "pvc-released",
      resources: { requests: { storage: "10Gi" } },
    });
    const patch = resource("g-kept-volume-claim");
    assert.equal(patch.type, "kubernetes:core/v1:PersistentVolumePatch");
    assert.deepEqual(patch.inputs["metadata"], {
      name: "pvc-released",
      annotations: { "pulumi.com/patchForce": "true" },
    });
    const { claimRef } = patch.inputs["spec"] as { claimRef: object };
    assert.deepEqual(claimRef, {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      namespace: "s3",
      name: "photos-data",
    });
    assert.deepEqual([patch.retainOnDelete, patch.protect, patch.parent], [true, false, "g"]);
    assert.deepEqual(patch.dependencies, ["g-data"]);
    assert.ok(resource("g-deployment").dependencies.includes("g-kept-volume-claim"));
    assert.equal(warnings.length, 2, warnings.join("\n"));
  });

  it("comes with keys of its own, which have to be known", async () => {
    const { warnings } = await gateway(
      { volume: { existing }, more: { gateway: {} } },
      { live: { "pvc-released": released } },
    );
    assert.equal(warnings.filter((text) => text.includes("gateway.credentials.existingSecretName")).length, 1);
  });
});

describe("a volume from a backup", () => {
  it("is made by a class of its own, which may be made anew without it", async () => {
    const storageClassParameters = { numberOfReplicas: "3", fsType: "ext4" };
    const { names, resource, warnings } = await gateway({ volume: { fromBackup, storageClassParameters } });
    assert.deepEqual(names, ["g-restore-class"]);
    const { inputs, protect, retainOnDelete } = resource("g-restore-class");
    assert.deepEqual(inputs, {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "s3-photos-restore", labels: createdLabels },
      provisioner: "driver.longhorn.io",
      reclaimPolicy: "Retain",
      allowVolumeExpansion: true,
      volumeBindingMode: "Immediate",
      parameters: { ...storageClassParameters, fromBackup },
    });
    assert.deepEqual([protect, retainOnDelete], [false, false]);
    const claim = resource("g-data");
    assert.equal((claim.inputs["spec"] as Record<string, unknown>)["storageClassName"], "s3-photos-restore");
    assert.deepEqual(claim.dependencies, ["g-restore-class"]);
    assert.deepEqual(warnings, []);
  });
});

describe("recurring jobs", () => {
  const recurringJobs = [
    { name: "daily", task: "backup", cron: "30 2 * * *", retain: 14 },
    { name: "trim", task: "filesystem-trim", cron: "@weekly" },
  ] as const;

  it("are Longhorn's objects, which the claim names and waits for", async () => {
    const volume = { recurringJobs: [...recurringJobs], longhornNamespace: "storage", hasBackupTarget: true };
    const { names, resource, warnings } = await gateway({ volume });
    assert.deepEqual(names, ["g-job-daily", "g-job-trim"]);
    const spec = { concurrency: 1, groups: [], labels: {}, parameters: {} };
    assert.deepEqual(resource("g-job-daily").inputs, {
      apiVersion: "longhorn.io/v1beta2",
      kind: "RecurringJob",
      metadata: { namespace: "storage", name: "photos-daily", labels },
      spec: { ...spec, name: "photos-daily", task: "backup", cron: "30 2 * * *", retain: 14 },
    });
    assert.deepEqual(resource("g-job-trim").inputs["spec"], {
      ...spec,
      ...{ name: "photos-trim", task: "filesystem-trim", cron: "@weekly", retain: 0 },
    });
    assert.equal(resource("g-job-daily").protect, false);
    assert.deepEqual((resource("g-data").inputs["metadata"] as Record<string, unknown>)["labels"], {
      ...createdLabels,
      "recurring-job.longhorn.io/source": "enabled",
      "recurring-job.longhorn.io/photos-daily": "enabled",
      "recurring-job.longhorn.io/photos-trim": "enabled",
    });
    // So a refused destroy, which begins at what nothing waits for, does not take them away.
    assert.deepEqual(resource("g-data").dependencies, ["g-job-daily", "g-job-trim"]);
    assert.deepEqual(warnings, []);
  });

  it("may have no backup target, which is said where it is not known", async () => {
    const { warnings } = await gateway({ volume: { recurringJobs: [...recurringJobs] } });
    assert.deepEqual(warnings, ["daily creates no backups if Longhorn has no backup target, which is not known here"]);
  });
});

describe("a snapshot before another image", () => {
  const bound = { metadata: { name: "photos-data" }, spec: { volumeName: "pvc-released" } };
  const more = { gateway: { credentials, image: { upgrade: { snapshot: "before-v0-24-0" } } } };

  it("is of the volume that the claim has now, and ready before the gateway is changed", async () => {
    const { names, resource } = await gateway({ more }, { live: { "g-data-id": bound, "pvc-released": released } });
    assert.deepEqual(names, ["g-snapshot"]);
    const { inputs, protect, retainOnDelete } = resource("g-snapshot");
    assert.deepEqual(inputs, {
      apiVersion: "longhorn.io/v1beta2",
      kind: "Snapshot",
      metadata: {
        namespace: "longhorn-system",
        name: "before-v0-24-0",
        labels,
        annotations: { "pulumi.com/waitFor": "jsonpath={.status.readyToUse}=true" },
      },
      spec: { volume: "photos-volume", createSnapshot: true },
    });
    assert.deepEqual([protect, retainOnDelete], [false, true]);
    const deployment = resource("g-deployment");
    assert.ok(deployment.dependencies.includes("g-snapshot"));
    const { annotations } = deployment.inputs["metadata"] as { annotations: object };
    assert.deepEqual(annotations, { "longhorn-s3/snapshot": "before-v0-24-0" });
  });

  it("is refused of a volume that is only being made", async () => {
    const { resource } = await gateway({ more }, { live: { "g-data-id": bound, "pvc-released": released } });
    assert.deepEqual(resource("g-data").hooks.beforeCreate, ["g-new-volume"]);
  });
});
