import assert from "node:assert/strict";
import fc from "fast-check";
import { existingVolumeViolations, modesToClaim } from "../../../components/gateway/existing-volume";
import {
  gatewayVolumeViolations,
  resolveVolumeArgs,
  volumeViolations,
  type GatewayVolumeArgs,
} from "../../../components/gateway/volume-args";
import { requestedStorage, shrinkViolations } from "../../../components/gateway/volume-size";
import { differences, doubts } from "../../../components/gateway/volume-warnings";
import { resolveS3GatewayArgs } from "../../../components/gateway/args";

const volume: GatewayVolumeArgs = { size: "10Gi", storageClassName: "fast" };
const backup = "s3://backups@eu-central-1/?backup=backup-1b2c&volume=pvc-4f1e";
const existing = { persistentVolumeName: "pvc-4f1e" };

describe("the inputs of a volume", () => {
  const fieldsOf = (more: object) => volumeViolations("photos", { ...volume, ...more }).map(({ field }) => field);

  it("have defaults for all but size and class", () => {
    assert.deepEqual(resolveVolumeArgs("S3Gateway", volume), {
      size: "10Gi",
      existing: undefined,
      fromBackup: undefined,
      recurringJobs: [],
      storageClassName: "fast",
      accessMode: "ReadWriteOncePod",
      longhornNamespace: "longhorn-system",
      storageClassParameters: {},
      hasBackupTarget: undefined,
    });
  });

  it("say where the volume comes from once", () => {
    assert.deepEqual(fieldsOf({ existing }), []);
    assert.deepEqual(fieldsOf({ fromBackup: backup }), []);
    const both = volumeViolations("photos", { ...volume, existing, fromBackup: backup });
    assert.deepEqual(
      both.map(({ field, fixes }) => [field, ...fixes.map((fix) => fix.field)]),
      [["volume.fromBackup", "volume.fromBackup", "volume.existing"]],
    );
  });

  it("are refused all at once", () => {
    assert.deepEqual(
      fieldsOf({ size: "1", existing: {}, recurringJobs: [{ name: "daily", task: "backup", cron: "1" }] }),
      [...["volume.size", "volume.existing.persistentVolumeName", "volume.recurringJobs[0].cron"]],
    );
    assert.deepEqual(fieldsOf({ fromBackup: "s3://backups@eu-central-1/" }), ["volume.fromBackup"]);
    assert.deepEqual(fieldsOf({ accessMode: "ReadWriteMany" as "ReadWriteOnce" }), ["volume.accessMode"]);
    assert.deepEqual(
      volumeViolations("photos", undefined).map(({ field }) => field),
      ["volume.size"],
    );
    const bad = {
      ...volume,
      storageClassName: "",
      longhornNamespace: "A",
      hasBackupTarget: 1,
    };
    assert.deepEqual(
      gatewayVolumeViolations(bad as unknown as GatewayVolumeArgs).map(({ field }) => field),
      ["volume.storageClassName", "volume.longhornNamespace", "volume.hasBackupTarget"],
    );
  });

  it("have no backups where there is no backup target", () => {
    const withJob = { ...volume, recurringJobs: [{ name: "daily", task: "backup", cron: "@daily" } as const] };
    const fields = (hasBackupTarget?: boolean) =>
      gatewayVolumeViolations({ ...withJob, hasBackupTarget }).map(({ field }) => field);
    assert.deepEqual([fields(), fields(true)], [[], []]);
    assert.deepEqual(fields(false), ["volume.recurringJobs[0].task"]);
  });
});

describe("the size of a volume", () => {
  it("grows or stays", () => {
    const size = fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.constantFrom("Mi", "Gi", "M", "G"));
    const bytes: Record<string, number> = { Mi: 2 ** 20, Gi: 2 ** 30, M: 1e6, G: 1e9 };
    fc.assert(
      fc.property(size, size, ([before, unit], [after, otherUnit]) => {
        const shrinks = after * (bytes[otherUnit] ?? 0) < before * (bytes[unit] ?? 0);
        assert.equal(shrinkViolations(`${before}${unit}`, `${after}${otherUnit}`).length, shrinks ? 1 : 0);
      }),
    );
  });

  it("is refused if it is smaller, with the one that there is", () => {
    assert.deepEqual(shrinkViolations("10Gi", "10G"), [
      {
        field: "volume.size",
        got: "10G",
        allowed: 'at least "10Gi", the current size, because Kubernetes cannot shrink a volume',
        fixes: [{ field: "volume.size", value: "10Gi" }],
      },
    ]);
  });

  it("is left alone as long as it is not known", () => {
    for (const [before, after] of [
      [undefined, "1Gi"],
      ["1Gi", undefined],
      ["1Gi", "?"],
      ["?", "1Gi"],
      [undefined, undefined],
    ]) {
      assert.deepEqual(shrinkViolations(before, after), []);
    }
    assert.equal(requestedStorage({ spec: { resources: { requests: { storage: "1Gi" } } } }), "1Gi");
    for (const claim of [undefined, null, {}, { spec: {} }, { spec: { resources: { requests: { storage: {} } } } }]) {
      assert.equal(requestedStorage(claim), undefined);
    }
  });
});

describe("an existing volume", () => {
  const use = { reclaimPolicy: "Retain", phase: "Released", claim: "old/old-data" };
  const refused = (more: object) => existingVolumeViolations("pvc-4f1e", { ...use, ...more }, "s3/photos-data");

  it("is one that nobody uses, or the store's own", () => {
    for (const free of [{}, { phase: "Available", claim: undefined }, { phase: "Bound", claim: "s3/photos-data" }]) {
      assert.deepEqual(refused(free), [], JSON.stringify(free));
    }
    for (const taken of [{ phase: "Bound" }, { phase: "Available" }, { phase: "Failed" }, { phase: undefined }]) {
      assert.match(refused(taken)[0]?.allowed ?? "", / with the claim old\/old-data$/, JSON.stringify(taken));
    }
    assert.match(refused({ phase: "Pending", claim: undefined })[0]?.allowed ?? "", /this one is Pending$/);
  });

  it("is one that Kubernetes does not delete", () => {
    for (const reclaimPolicy of ["Delete", "Recycle", undefined]) {
      assert.match(refused({ reclaimPolicy })[0]?.allowed ?? "", /kubectl patch pv pvc-4f1e .*"Retain"/);
    }
  });

  it("is claimed in the mode that it has", () => {
    assert.deepEqual(modesToClaim(["ReadWriteOnce"], "ReadWriteOncePod"), ["ReadWriteOnce"]);
    assert.deepEqual(modesToClaim(["ReadWriteMany", "ReadWriteOnce"], "ReadWriteOnce"), ["ReadWriteOnce"]);
  });
});

describe("the warnings about a volume", () => {
  const nature = { accessModes: ["ReadWriteOncePod"], storageClassName: "fast", volumeName: "pvc-1" };
  const decided = "it was fixed when the volume or its claim was created";

  it("tell where it is not as it was wished for", () => {
    assert.deepEqual(differences(nature, nature), []);
    const other = { accessModes: ["ReadWriteOnce"], storageClassName: "slow", volumeName: "pvc-2" };
    assert.deepEqual(differences(nature, other), [
      `the access mode of the volume is ReadWriteOnce, not ReadWriteOncePod: ${decided}`,
      `the StorageClass of the volume is slow, not fast: ${decided}; the volume can be expanded while a StorageClass of that ` +
        "name exists",
      `the PersistentVolume of the volume is pvc-2, not pvc-1: ${decided}; volume.existing was set too late`,
    ]);
  });

  it("say nothing of what is not known or not wished for", () => {
    assert.deepEqual(differences({ accessModes: ["ReadWriteOncePod"] }, nature), []);
    assert.deepEqual(differences(nature, { accessModes: ["ReadWriteOncePod"] }), []);
  });

  it("tell what cannot be known before", () => {
    const about = (more: object, credentials?: { existingSecretName: string }) =>
      doubts(resolveS3GatewayArgs("g", { namespace: "s3", volume: { ...volume, ...more }, gateway: { credentials } }));
    const recurringJobs = [{ name: "daily", task: "backup", cron: "@daily" }];
    assert.deepEqual(about({}), []);
    assert.deepEqual(about({ recurringJobs }), [
      "daily creates no backups if Longhorn has no backup target, which is not known here",
    ]);
    assert.deepEqual(about({ recurringJobs, hasBackupTarget: true }), []);
    for (const origin of [{ existing }, { fromBackup: backup }]) {
      assert.match(about(origin).join(), /^the volume accepts only the keys of the store that it was created for/);
      assert.deepEqual(about(origin, { existingSecretName: "keys" }), []);
    }
  });
});
