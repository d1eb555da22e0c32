import type { V1Node, V1Pod } from "@kubernetes/client-node";
import type { ClusterFacts } from "../../../tool/features/status/facts";
import type { StoreInCluster } from "../../../tool/cluster/store/store-in-cluster";

const image = "quay.io/s3gw/s3gw:v0.23.0";
const gibibyte = 1024 ** 3;

export const store: StoreInCluster = {
  ...{ namespace: "photos", name: "photos", serviceName: "photos", servicePort: 80, deploymentName: "photos" },
  persistentVolumeClaimName: "photos",
  podSelector: "app.kubernetes.io/name=s3gw,app.kubernetes.io/instance=photos",
  ...{ volume: "pv-1", longhornVolume: "photos-data", accessMode: "ReadWriteOncePod" },
  credentialsSecretName: "photos",
  failover: { onNodeFailure: "AssumeDead", tolerationSeconds: 30, terminationGracePeriodSeconds: 10 },
};

/** A node that is ready and has the image. */
export const node = (name: string, other: Partial<V1Node["spec"]> = {}, ready = true): V1Node => ({
  metadata: { name },
  spec: { ...other },
  status: {
    conditions: [{ type: "Ready", status: ready ? "True" : "Unknown" }],
    images: [{ names: [`docker.io/${image}`], sizeBytes: 1 }],
  },
});

export const gateway = (on: string | undefined, other: { ready?: boolean; deleted?: boolean } = {}): V1Pod => ({
  metadata: {
    ...{ namespace: "photos", name: `photos-on-${on ?? "nothing"}` },
    labels: { "app.kubernetes.io/name": "s3gw", "app.kubernetes.io/instance": "photos" },
    ...(other.deleted && { deletionTimestamp: new Date("2026-01-02T11:00:00Z") }),
  },
  spec: { nodeName: on, containers: [{ name: "radosgw", image }] },
  status: {
    startTime: new Date("2026-01-01T12:00:00Z"),
    conditions: [{ type: "Ready", status: other.ready === false ? "False" : "True" }],
    containerStatuses: [
      {
        ...{ name: "radosgw", image, imageID: "", ready: other.ready !== false, restartCount: 2 },
        ...(other.ready === false && { state: { waiting: { reason: "CrashLoopBackOff" } } }),
      },
    ],
  },
});

/** A gateway's pod that the kubelet of a node has evicted. */
export const evicted = (on: string): V1Pod => {
  const { metadata, spec } = gateway(on);
  return {
    metadata: { ...metadata, name: `photos-evicted-from-${on}` },
    spec,
    status: { phase: "Failed", reason: "Evicted" },
  };
};

const disk = { storageAvailable: 80 * gibibyte, storageMaximum: 100 * gibibyte };

/** Three nodes, a whole replica on each, and the gateway on the first. */
export const cluster: ClusterFacts = {
  reachedBy: ["--context", "prod"],
  kubernetesVersion: "v1.36.3",
  nodes: [node("node2"), node("node1"), node("node3")],
  nodesWithDriver: ["node1", "node2", "node3"],
  pods: [gateway("node1")],
  attachments: [],
  longhorn: {
    podDeletionPolicy: "delete-deployment-pod",
    volumes: [
      {
        metadata: { name: "photos-data" },
        spec: { numberOfReplicas: 3 },
        status: { state: "attached", robustness: "healthy", lastBackupAt: "2026-01-02T09:00:00Z" },
      },
    ],
    replicas: ["node1", "node2", "node3"].map((nodeID) => ({
      metadata: { name: `photos-data-r-${nodeID}` },
      spec: { volumeName: "photos-data", nodeID, healthyAt: "2026-01-01T12:00:00Z" },
    })),
    nodes: ["node1", "node2", "node3"].map((name) => ({ metadata: { name }, status: { diskStatus: { root: disk } } })),
  },
  drills: [],
};
