import { CoreV1Api, CustomObjectsApi, type KubeConfig } from "@kubernetes/client-node";
import { eventually } from "../../testbed/eventually";

/** What a stack needs in its cluster. */
export interface Preparation {
  /** Name of the stack that is deployed there before. */
  after: string;
  /** Creates the objects that the stack refers to. */
  prepare: (config: KubeConfig) => Promise<void>;
}

/** Preparations by the names of the stacks that need one. */
export const preparations: Readonly<Record<string, Preparation>> = {
  "existing-longhorn": { after: "platform", prepare: createExistingVolume },
  restored: { after: "existing-longhorn", prepare: backUpExistingVolume },
};

const longhorn = { group: "longhorn.io", version: "v1beta2", namespace: "longhorn-system" };
const apiVersion = `${longhorn.group}/${longhorn.version}`;
const [volume, snapshot, backup] = ["archive", "of-archive", "backup-of-archive"];

/** Creates a volume that no claim uses, and the Secret with its keys. */
async function createExistingVolume(config: KubeConfig): Promise<void> {
  const core = config.makeApiClient(CoreV1Api);
  const keys = { RGW_DEFAULT_USER_ID: "admin", RGW_DEFAULT_USER_ACCESS_KEY: "id", RGW_DEFAULT_USER_SECRET_KEY: "key" };
  await create(config, "volumes", {
    kind: "Volume",
    metadata: { name: volume },
    spec: { size: String(2 ** 30), numberOfReplicas: 2, frontend: "blockdev", dataEngine: "v1", accessMode: "rwo" },
  });
  await core.createPersistentVolume({
    body: {
      metadata: { name: volume },
      spec: {
        capacity: { storage: "1Gi" },
        accessModes: ["ReadWriteOnce"],
        persistentVolumeReclaimPolicy: "Retain",
        storageClassName: "longhorn-s3",
        csi: { driver: "driver.longhorn.io", volumeHandle: volume, fsType: "ext4" },
      },
    },
  });
  await core.createNamespace({ body: { metadata: { name: "archive" } } });
  await core.createNamespacedSecret({
    namespace: "archive",
    body: { metadata: { name: "archive-keys" }, stringData: keys },
  });
}

async function backUpExistingVolume(config: KubeConfig): Promise<void> {
  await create(config, "snapshots", {
    kind: "Snapshot",
    metadata: { name: snapshot },
    spec: { volume, createSnapshot: true },
  });
  await eventually("the snapshot", async () => {
    const { readyToUse } = await statusOf(config, "snapshots", snapshot);
    return readyToUse === true || undefined;
  });
  await create(config, "backups", {
    kind: "Backup",
    metadata: { name: backup, labels: { "backup-volume": volume } },
    spec: { snapshotName: snapshot },
  });
  await eventually("the backup", async () => {
    const { state } = await statusOf(config, "backups", backup);
    return state === "Completed" || undefined;
  });
}

async function create(config: KubeConfig, plural: string, object: { kind: string; metadata: object; spec: object }) {
  const custom = config.makeApiClient(CustomObjectsApi);
  await custom.createNamespacedCustomObject({ ...longhorn, plural, body: { apiVersion, ...object } });
}

async function statusOf(config: KubeConfig, plural: string, name: string): Promise<Status> {
  const custom = config.makeApiClient(CustomObjectsApi);
  const object: unknown = await custom.getNamespacedCustomObject({ ...longhorn, plural, name });
  return (object as { status?: Status }).status ?? {};
}

interface Status {
  readyToUse?: boolean;
  state?: string;
}
