import assert from "node:assert/strict";
import { dataBearingKinds } from "../../policy/data-bearing";
import { NodeFencing, ObjectStore, type ObjectStoreArgs } from "../../index";
import { record, type Registration } from "./recorder";

const args: ObjectStoreArgs = {
  longhorn: {
    images: { registry: "registry.example.com", username: "reader", password: "a-password" },
    backup: { target: "s3://backups@eu-central-1/", credentials: { accessKeyId: "key", secretAccessKey: "a-secret" } },
  },
  volume: {
    size: "10Gi",
    recurringJobs: [{ name: "nightly", task: "backup", cron: "0 2 * * *", retain: 7 }],
  },
  failover: { onNodeFailure: "Wait" },
};

const fencing = {
  remediator: "FenceAgentsRemediation",
  namespace: "medik8s",
  fenceAgent: {
    agent: "fence_ipmilan",
    nodeParameters: { "--ip": { a: "192.0.2.1" } },
    credentials: { "--password": "a-password" },
  },
} as const;

const backupUrl =
  "s3://backups@eu-central-1/?backup=backup-1b2c3d4e5f6a4b7c&volume=pvc-4f1e2d3c-5b6a-4978-8d7e-6f5a4b3c2d1e";

const existingVolume = {
  spec: {
    ...{ accessModes: ["ReadWriteOnce"], storageClassName: "slow", persistentVolumeReclaimPolicy: "Retain" },
    claimRef: { namespace: "photos", name: "photos-data", uid: "1" },
    csi: { driver: "driver.longhorn.io", volumeHandle: "pvc-existing" },
  },
  status: { phase: "Released" },
};

/** Between them, every resource that a component of this package ever makes. */
const programs: Record<string, () => unknown> = {
  "a store with its Longhorn": () => new ObjectStore("photos", args),
  "a store from a backup": () =>
    new ObjectStore("photos", { ...args, volume: { size: "10Gi", fromBackup: backupUrl } }),
  "a store on an existing volume": () =>
    new ObjectStore("photos", {
      ...args,
      volume: { size: "10Gi", existing: { persistentVolumeName: "pvc-existing" } },
    }),
  "a store with a snapshot": () =>
    new ObjectStore("photos", { ...args, gateway: { image: { upgrade: { snapshot: "before" } } } }),
  fencing: () => new NodeFencing("fencing", fencing),
};

/** What can be made again from program and configuration, and why its loss loses nothing. */
const replaceable: Record<string, string> = {
  "S3Gateway kubernetes:apps/v1:Deployment": "it holds no data",
  "S3Gateway kubernetes:apps/v1:DaemonSet": "it only pulls the image",
  "S3Gateway kubernetes:core/v1:Service": "it leads to the gateway, under the same name again",
  "S3Gateway kubernetes:core/v1:PersistentVolumePatch": "the volume stays the claim's",
  "S3Gateway kubernetes:longhorn.io/v1beta2:RecurringJob": "its backups stay",
  "S3Gateway kubernetes:longhorn.io/v1beta2:Snapshot": "it stays in the cluster when Pulumi forgets it",
  "Longhorn kubernetes:core/v1:Secret": "its keys are in the configuration",
  "NodeFencing kubernetes:core/v1:Secret": "its keys are in the configuration",
  "NodeFencing kubernetes:remediation.medik8s.io/v1alpha1:NodeHealthCheck": "a rule",
  "NodeFencing kubernetes:fence-agents-remediation.medik8s.io/v1alpha1:FenceAgentsRemediationTemplate": "a rule",
};

describe("the table of what holds data", function () {
  this.timeout("1m");
  const seen = new Set<string>();

  for (const [program, make] of Object.entries(programs)) {
    it(`has a place for everything of ${program}, and what it says of protection holds`, async () => {
      const { resources } = await record(make, {
        live: {
          "photos-gateway-data-id": { metadata: { name: "photos-data" }, spec: { volumeName: "pvc-1" } },
          "pvc-existing": existingVolume,
          "pvc-1": { spec: { csi: { volumeHandle: "pvc-1" } } },
        },
      });
      const componentOf = ({ parent }: Registration): string =>
        (resources.find(({ name, type }) => name === parent && type.startsWith("longhorn-s3:"))?.type ?? "").slice(
          "longhorn-s3:index:".length,
        );
      for (const resource of resources.filter(({ type }) => !type.startsWith("longhorn-s3:"))) {
        const [component, { type }] = [componentOf(resource), resource];
        const kind = dataBearingKinds.find((one) => one.component === component && one.type === type);
        const key = `${component} ${type}`;
        seen.add(key);
        assert.ok((kind === undefined) !== (replaceable[key] === undefined), `${key} is in both tables, or in none`);
        if (kind !== undefined) assert.equal(resource.protect, kind.isProtected, key);
      }
    });
  }

  it("has nothing in it that no component makes", () => {
    const known = [
      ...Object.keys(replaceable),
      ...dataBearingKinds.map(({ component, type }) => `${component} ${type}`),
    ];
    assert.deepEqual(
      known.filter((key) => !seen.has(key)),
      [],
    );
  });
});
