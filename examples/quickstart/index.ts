import { ObjectStore, OnNodeFailure, PodDeletionPolicy } from "longhorn-s3";

const store = new ObjectStore("photos", {
  longhorn: { podDeletionPolicy: PodDeletionPolicy.DeleteDeploymentPod },
  volume: { size: "100Gi" },
  failover: {
    onNodeFailure: OnNodeFailure.AssumeDead,
    acceptDataLossIfNodeIsAlive: true,
  },
});

export const endpoint = store.endpoint;
export const accessKeyId = store.accessKeyId;
export const secretAccessKey = store.secretAccessKey;
