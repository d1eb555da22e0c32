import assert from "node:assert/strict";
import { storageClassParameters } from "../../../components/longhorn/storage-class";
import {
  resolveStorageClassArgs,
  storageClassViolations,
  type StorageClassArgs,
} from "../../../components/longhorn/storage-class-args";

const refused = (storageClass: object) => storageClassViolations(storageClass).map(({ field }) => field);
const parameters = (storageClass: StorageClassArgs) => storageClassParameters(resolveStorageClassArgs(storageClass));

describe("the args of the StorageClass", () => {
  const whole: StorageClassArgs = {
    ...{
      name: "fast",
      numberOfReplicas: 2,
      dataLocality: "best-effort",
      staleReplicaTimeoutMinutes: 60,
      fsType: "xfs",
    },
    ...{ mkfsParams: "-m crc=1 -L data", diskSelector: ["ssd", "nvme"], nodeSelector: ["example.com/storage"] },
    ...{ reclaimPolicy: "Delete", replicaAutoBalance: "best-effort", encryption: { secretName: "crypto" } },
  };

  it("are parameters of Longhorn's CSI driver, all of them text", () => {
    assert.deepEqual(refused(whole), []);
    assert.deepEqual(parameters(whole), {
      numberOfReplicas: "2",
      dataLocality: "best-effort",
      staleReplicaTimeout: "60",
      fsType: "xfs",
      mkfsParams: "-m crc=1 -L data",
      diskSelector: "ssd,nvme",
      nodeSelector: "example.com/storage",
      replicaAutoBalance: "best-effort",
      encrypted: "true",
      "csi.storage.k8s.io/provisioner-secret-name": "crypto",
      "csi.storage.k8s.io/provisioner-secret-namespace": "longhorn-system",
      "csi.storage.k8s.io/node-publish-secret-name": "crypto",
      "csi.storage.k8s.io/node-publish-secret-namespace": "longhorn-system",
      "csi.storage.k8s.io/node-stage-secret-name": "crypto",
      "csi.storage.k8s.io/node-stage-secret-namespace": "longhorn-system",
      "csi.storage.k8s.io/node-expand-secret-name": "crypto",
      "csi.storage.k8s.io/node-expand-secret-namespace": "longhorn-system",
    });
    const elsewhere = parameters({ encryption: { secretName: "crypto", secretNamespace: "vault" } });
    assert.equal(elsewhere["csi.storage.k8s.io/node-stage-secret-namespace"], "vault");
  });

  it("that say what goes without saying are not written", () => {
    assert.deepEqual(
      parameters({ diskSelector: [], nodeSelector: [], replicaAutoBalance: "ignored", reclaimPolicy: "Retain" }),
      parameters({}),
    );
  });

  it("are refused one by one", () => {
    const wrong = {
      ...{ name: "longhorn", numberOfReplicas: 0, dataLocality: "strict-local", staleReplicaTimeoutMinutes: 0 },
      ...{ fsType: "btrfs", mkfsParams: "-O  a", diskSelector: ["ssd", "a,b"], nodeSelector: [""] },
      ...{ reclaimPolicy: "Recycle", replicaAutoBalance: "some", encryption: { secretNamespace: "A" } },
    };
    assert.deepEqual(refused(wrong), [
      ...["name", "numberOfReplicas", "dataLocality", "staleReplicaTimeoutMinutes", "fsType", "mkfsParams"],
      ...["diskSelector[1]", "nodeSelector[0]", "reclaimPolicy", "replicaAutoBalance"],
      ...["encryption.secretName", "encryption.secretNamespace"],
    ]);
    for (const mkfsParams of ["", "ext4", "-O a\n", "-O ", " -O a"])
      assert.deepEqual(refused({ mkfsParams }), ["mkfsParams"]);
  });
});
