import assert from "node:assert/strict";
import fc from "fast-check";
import { longhornDefaults, longhornViolations, referenceTo, referenceViolations } from "../../../components/longhorn";
import { storageClassParameters } from "../../../components/longhorn/storage-class";
import { chartValues } from "../../../components/longhorn/values";
import { isAtLeast, isSameMinor, isVersion } from "../../../components/longhorn/version";

const anyNumbers = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50));

describe("Longhorn's versions", () => {
  it("are three numbers without a v", () => {
    for (const version of ["1.12.1", "1.5.0", "1.13.0-rc1"]) assert.ok(isVersion(version), version);
    for (const text of ["v1.12.1", "1.12", "1.12.1.1", "latest", "", "1.x.1", "^1.12.1"])
      assert.ok(!isVersion(text), text);
  });

  it("are ordered by their numbers", () => {
    fc.assert(
      fc.property(anyNumbers, anyNumbers, (one, other) => {
        const difference = one.map((number, index) => number - (other[index] ?? 0)).find((gap) => gap !== 0) ?? 0;
        assert.equal(isAtLeast(one.join("."), other.join(".")), difference >= 0);
        assert.equal(isSameMinor(one.join("."), other.join(".")), one[0] === other[0] && one[1] === other[1]);
      }),
    );
    assert.ok(isAtLeast("1.11.0-rc1", "1.11.0"), "a pre-release counts as its release");
    assert.throws(() => isAtLeast("latest", "1.11.0"), RangeError);
  });
});

describe("the chart's values", () => {
  const valuesOf = (args: Parameters<typeof longhornDefaults>[0]) => chartValues(longhornDefaults(args));

  it("are these by default", () => {
    assert.deepEqual(valuesOf({}), {
      defaultSettings: {
        nodeDownPodDeletionPolicy: "do-nothing",
        deletingConfirmationFlag: "false",
        autoDeletePodWhenVolumeDetachedUnexpectedly: "true",
        autoSalvage: "true",
        nodeDrainPolicy: "block-if-contains-last-replica",
        replicaSoftAntiAffinity: "false",
        replicaZoneSoftAntiAffinity: "true",
        replicaAutoBalance: "least-effort",
        replicaReplenishmentWaitInterval: "600",
        concurrentReplicaRebuildPerNodeLimit: "5",
        fastReplicaRebuildEnabled: "true",
        snapshotDataIntegrity: "fast-check",
        engineReplicaTimeout: "8",
        allowVolumeCreationWithDegradedAvailability: "true",
        disableSchedulingOnCordonedNode: "true",
        storageOverProvisioningPercentage: "100",
        orphanResourceAutoDeletion: "",
      },
      persistence: { defaultClass: false, createStorageClass: false },
    });
  });

  it("say what the inputs say", () => {
    const values = valuesOf({
      podDeletionPolicy: "delete-deployment-pod",
      allowUninstall: true,
      kubeletRootDir: "/var/lib/k0s/kubelet",
    });
    assert.equal(values.defaultSettings["nodeDownPodDeletionPolicy"], "delete-deployment-pod");
    assert.equal(values.defaultSettings["deletingConfirmationFlag"], "true");
    assert.deepEqual(values.csi, { kubeletRootDir: "/var/lib/k0s/kubelet" });
  });

  it("leave out a key that the chart of the version does not have", () => {
    assert.deepEqual(valuesOf({ version: "1.11.3" }).persistence, { defaultClass: false });
  });

  it("are text throughout, which every release of Longhorn takes", () => {
    fc.assert(
      fc.property(fc.constantFrom("1.5.0", "1.8.2", "1.10.0", "1.12.1"), fc.boolean(), (version, allowUninstall) => {
        const { defaultSettings } = valuesOf({ version, allowUninstall });
        assert.ok(Object.values(defaultSettings).every((value) => typeof value === "string"));
        assert.equal(defaultSettings["deletingConfirmationFlag"], String(allowUninstall));
      }),
    );
  });
});

describe("the StorageClass", () => {
  it("keeps the copy of a node that is away for two days", () => {
    assert.deepEqual(storageClassParameters(longhornDefaults({}).storageClass), {
      numberOfReplicas: "3",
      dataLocality: "disabled",
      staleReplicaTimeout: "2880",
      fsType: "ext4",
    });
  });
});

describe("the args of a Longhorn", () => {
  it("are all optional", () => {
    assert.deepEqual(longhornViolations({}), []);
    assert.deepEqual(longhornDefaults({}), {
      namespace: "longhorn-system",
      createNamespace: true,
      version: "1.12.1",
      chart: undefined,
      chartRepository: undefined,
      images: undefined,
      placement: undefined,
      podDeletionPolicy: "do-nothing",
      kubeletRootDir: undefined,
      storageClass: {
        name: "longhorn-s3",
        numberOfReplicas: 3,
        dataLocality: "disabled",
        staleReplicaTimeoutMinutes: 2880,
        fsType: "ext4",
        mkfsParams: undefined,
        diskSelector: [],
        nodeSelector: [],
        reclaimPolicy: "Retain",
        replicaAutoBalance: "ignored",
        encryption: undefined,
      },
      settings: {},
      backup: undefined,
      values: {},
      deletionProtection: true,
      allowUninstall: false,
    });
  });

  it("are refused all at once", () => {
    const wrong = {
      version: "v1.12.1",
      chart: "longhorn/longhorn",
      podDeletionPolicy: "delete-all",
      kubeletRootDir: "kubelet",
      storageClass: { name: "longhorn", numberOfReplicas: 0, dataLocality: "strict-local" },
      deletionProtection: "no",
      allowUninstall: "yes",
    } as unknown as Parameters<typeof longhornViolations>[0];
    assert.deepEqual(
      longhornViolations(wrong).map(({ field }) => field),
      [
        ...["version", "chart", "podDeletionPolicy", "kubeletRootDir"],
        ...["storageClass.name", "storageClass.numberOfReplicas", "storageClass.dataLocality"],
        ...["deletionProtection", "allowUninstall"],
      ],
    );
  });

  it("name no class that Longhorn manages by itself, and no version before 1.5.0", () => {
    assert.equal(longhornViolations({ storageClass: { name: "longhorn-static" } }).length, 1);
    assert.equal(longhornViolations({ version: "1.4.9" }).length, 1);
    assert.equal(longhornViolations({ version: "1.5.0", storageClass: { name: "longhorn-fast" } }).length, 0);
  });

  it("lift the protection only from a Longhorn whose uninstaller would go ahead", () => {
    for (const deletionProtection of [undefined, true, false]) {
      for (const allowUninstall of [undefined, false, true]) {
        const fields = longhornViolations({ deletionProtection, allowUninstall }).map(({ field }) => field);
        const refused = deletionProtection === false && allowUninstall !== true;
        assert.deepEqual(fields, refused ? ["deletionProtection"] : []);
      }
    }
  });

  it("make a reference that a store takes", () => {
    const reference = referenceTo(longhornDefaults({ version: "1.11.0", storageClass: { name: "fast" } }));
    assert.deepEqual(reference, {
      version: "1.11.0",
      podDeletionPolicy: "do-nothing",
      namespace: "longhorn-system",
      storageClassName: "fast",
      storageClassParameters: {
        ...{ numberOfReplicas: "3", dataLocality: "disabled", staleReplicaTimeout: "2880", fsType: "ext4" },
      },
    });
    assert.deepEqual(referenceViolations(reference), []);
  });
});
