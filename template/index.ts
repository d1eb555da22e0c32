import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  adopt,
  ObjectStore,
  type FencingReference,
  type LonghornArgs,
  type LonghornReference,
  type OnNodeFailure,
  type PodDeletionPolicy,
} from "longhorn-s3";

// Environments differ only in Pulumi.<stack>.yaml; README.md lists its keys.
const config = new pulumi.Config();
const existingLonghorn = config.getObject<LonghornReference>("existingLonghorn");

const cluster = new k8s.Provider("cluster", {
  kubeconfig: config.get("kubeconfig"),
  context: config.require("context"),
});

const store = new ObjectStore(
  config.require("store"),
  {
    longhorn: existingLonghorn ? undefined : longhornArgs(),
    existingLonghorn,
    volume: { size: config.require("size") },
    failover: {
      onNodeFailure: config.require<OnNodeFailure>("onNodeFailure"),
      acceptDataLossIfNodeIsAlive: config.getBoolean("acceptDataLossIfNodeIsAlive"),
      fencing: config.getObject<FencingReference>("fencing"),
    },
    deletionProtection: config.getBoolean("deletionProtection"),
  },
  { providers: [cluster], transforms: [adopt(config.getObject("adopt") ?? {})] },
);

function longhornArgs(): LonghornArgs {
  return {
    podDeletionPolicy: config.get<PodDeletionPolicy>("podDeletionPolicy"),
    ...config.getObject<LonghornArgs>("longhorn"),
  };
}

export const endpoint = store.endpoint;
export const predictedRecovery = store.predictedRecovery;
export const accessKeyId = store.accessKeyId;
export const secretAccessKey = store.secretAccessKey;
