import type { LonghornOutputs, StoreOutputs } from "../../../components/stack-reference/contract";

/** What a stack says of one store. */
export const photosOutputs: StoreOutputs = {
  endpoint: "http://photos.photos.svc.cluster.local",
  namespace: "photos",
  serviceName: "photos",
  servicePort: 80,
  deploymentName: "photos",
  persistentVolumeClaimName: "photos-data",
  accessMode: "ReadWriteOncePod",
  storageClassName: "longhorn-s3",
  credentialsSecretName: "photos-gateway-credentials-1a2b3c4d",
  onNodeFailure: "Wait",
};

/** What it says of a Longhorn that it did not install. */
export const longhornOutputs: LonghornOutputs = {
  namespace: "longhorn-system",
  chartVersion: "1.12.1",
  storageClassName: "longhorn-s3",
  podDeletionPolicy: "do-nothing",
};
