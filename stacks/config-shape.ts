import type {
  FailoverArgs,
  LonghornArgs,
  LonghornReference,
  ObjectStoreArgs,
  StorageClassArgs,
  VolumeArgs,
} from "../index";
import { mapOf, number, object, text, trueOrFalse, type Shape } from "./shape";

/** The cluster to deploy to; without it, the one that kubectl would use. */
export interface ClusterConfig {
  /** Path of a kubeconfig file; a relative one counts from the project's folder. */
  kubeconfig?: string;
  /** Context in it; without it, its current one. */
  context?: string;
}

/** One store of the stack. The Longhorn below is the stack's. */
export type StoreConfig = Omit<ObjectStoreArgs, "longhorn" | "existingLonghorn" | "volume" | "image"> & {
  volume: { size: string };
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
}

/** A configuration that has not been found whole yet. */
export type DraftConfig = Partial<StackConfig>;

const longhornExample = "1.12.1";
const classExample = "longhorn-s3";
const policyExample = "do-nothing";

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
});

const store = object<StoreConfig>({
  volume: object<VolumeArgs>({ size: text("10Gi") }),
  failover: object<FailoverArgs>({
    onNodeFailure: text("Wait"),
    acceptDataLossIfNodeIsAlive: trueOrFalse(false),
    tolerationSeconds: number(30),
  }),
  serviceName: text("photos"),
  namespace: text("photos"),
  createNamespace: trueOrFalse(true),
  image: text("quay.io/s3gw/s3gw:v0.23.0"),
  clusterDomain: text("cluster.local"),
  deletionProtection: trueOrFalse(true),
});

/** The shape of every key of the stack's configuration. */
export const configShapes: Readonly<Record<keyof StackConfig, Shape>> = {
  cluster: object<ClusterConfig>({ kubeconfig: text("./kubeconfig"), context: text("my-cluster") }),
  longhorn,
  existingLonghorn,
  stores: mapOf(store),
};
