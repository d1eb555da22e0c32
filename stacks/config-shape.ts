import type {
  CredentialsArgs,
  ExistingVolumeArgs,
  FailoverArgs,
  ImageChangeArgs,
  LonghornArgs,
  LonghornReference,
  ObjectStoreArgs,
  RecurringJobArgs,
  StorageClassArgs,
  VolumeArgs,
} from "../index";
import { listOf, mapOf, number, object, text, trueOrFalse, type Shape } from "./shape";

/** The cluster to deploy to; without it, the one that kubectl would use. */
export interface ClusterConfig {
  /** Path of a kubeconfig file; a relative one counts from the project's folder. */
  kubeconfig?: string;
  /** Context in it; without it, its current one. */
  context?: string;
}

/** A volume whose size is known before the update. */
export type VolumeConfig = VolumeArgs & { size: string };

/** One store of the stack. The Longhorn below is the stack's. */
export type StoreConfig = Omit<ObjectStoreArgs, "longhorn" | "existingLonghorn" | "volume" | "image"> & {
  volume: VolumeConfig;
  image?: string;
};

/** What a stack deploys: the stores of `stores`, by name, on the one Longhorn of `longhorn` or `existingLonghorn`. */
export interface StackConfig {
  cluster?: ClusterConfig;
  /** Installs Longhorn. `chart` is a path; a relative one counts from the project's folder. */
  longhorn?: LonghornArgs;
  /** Uses a Longhorn that is there. */
  existingLonghorn?: LonghornReference;
  stores: Record<string, StoreConfig>;
  /** Objects that exist and are taken over, by the Pulumi names of the resources that they become. */
  adopt?: Record<string, string>;
}

/** A configuration that has not been found whole yet. */
export type DraftConfig = Partial<StackConfig>;

const longhornExample = "1.12.1";
const classExample = "longhorn-s3";
const policyExample = "do-nothing";

const textsByName = (value: string): Shape => mapOf(text(value));

const longhorn = object<LonghornArgs>({
  version: text(longhornExample),
  chart: text("./charts/longhorn"),
  podDeletionPolicy: text(policyExample),
  kubeletRootDir: text("/var/lib/kubelet"),
  storageClass: object<StorageClassArgs>({
    name: text(classExample),
    numberOfReplicas: number(3),
    dataLocality: text("disabled"),
  }),
  deletionProtection: trueOrFalse(true),
  allowUninstall: trueOrFalse(false),
});

const existingLonghorn = object<LonghornReference>({
  version: text(longhornExample),
  storageClassName: text(classExample),
  podDeletionPolicy: text(policyExample),
  namespace: text("longhorn-system"),
  backupTarget: text("s3://backups@eu-central-1/"),
  storageClassParameters: textsByName("3"),
});

const volume = object<VolumeArgs>({
  size: text("10Gi"),
  existing: object<ExistingVolumeArgs>({ persistentVolumeName: text("pvc-00000000-0000-0000-0000-000000000000") }),
  fromBackup: text("s3://backups@eu-central-1/?backup=backup-1&volume=pvc-1"),
  recurringJobs: listOf(
    object<RecurringJobArgs>({
      name: text("nightly"),
      task: text("backup"),
      cron: text("0 2 * * *"),
      retain: number(7),
      concurrency: number(1),
    }),
  ),
});

const store = object<StoreConfig>({
  volume,
  failover: object<FailoverArgs>({
    onNodeFailure: text("Wait"),
    acceptDataLossIfNodeIsAlive: trueOrFalse(false),
    tolerationSeconds: number(30),
  }),
  serviceName: text("photos"),
  namespace: text("photos"),
  createNamespace: trueOrFalse(true),
  image: text("quay.io/s3gw/s3gw:v0.23.0"),
  imageChange: object<ImageChangeArgs>({
    snapshot: text("before-change"),
    withoutSnapshot: text("quay.io/s3gw/s3gw:v0.23.0"),
  }),
  credentials: object<CredentialsArgs>({ existingSecretName: text("photos-credentials") }),
  clusterDomain: text("cluster.local"),
  deletionProtection: trueOrFalse(true),
});

/** The shape of every key of the stack's configuration. */
export const configShapes: Readonly<Record<keyof StackConfig, Shape>> = {
  cluster: object<ClusterConfig>({ kubeconfig: text("./kubeconfig"), context: text("my-cluster") }),
  longhorn,
  existingLonghorn,
  stores: mapOf(store),
  adopt: textsByName("photos/photos-data"),
};
