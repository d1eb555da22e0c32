import type { V1Node, V1Pod, V1VolumeAttachment } from "@kubernetes/client-node";
import type { FencingReference } from "../../../components/fencing/remediator";
import type { LonghornVolume } from "../../cluster/longhorn";
import type { StoreInCluster } from "../../cluster/store/store-in-cluster";

/** Objects of a cluster that concern its stores. */
export interface ClusterFacts {
  /** Flags that name the cluster. */
  reachedBy: readonly string[];
  /** Version, such as `v1.36.3`. */
  kubernetesVersion: string;
  nodes: readonly V1Node[];
  /** Nodes with Longhorn's CSI driver. */
  nodesWithDriver: readonly string[];
  /** Pods of all gateways. */
  pods: readonly V1Pod[];
  /** Attachments of all volumes. */
  attachments: readonly V1VolumeAttachment[];
  /** Undefined without Longhorn. */
  longhorn?: LonghornFacts;
  /** Remediator of failed nodes; undefined if there is none, or if no store needs it. */
  fencing?: FencingReference;
  /** ConfigMaps of drills: `longhorn-s3-drill` of a running one, `longhorn-s3-drill-results` of earlier ones. */
  drills: readonly { namespace: string; name: string; data: Readonly<Record<string, string>> }[];
}

export interface LonghornFacts {
  podDeletionPolicy: string;
  volumes: readonly LonghornVolume[];
  replicas: readonly LonghornReplica[];
  nodes: readonly LonghornNode[];
}

/** Longhorn's objects, limited to the fields in use. */
export interface LonghornReplica {
  metadata: { name: string };
  spec?: { volumeName?: string; nodeID?: string; healthyAt?: string; failedAt?: string };
}

export interface LonghornNode {
  metadata: { name: string };
  status?: { diskStatus?: Readonly<Record<string, { storageAvailable?: number; storageMaximum?: number }>> };
}

/** Store of the cluster, or the reason why it is incomplete. */
export type StoreFacts = StoreInCluster | { namespace: string; name: string; notWhole: string };
