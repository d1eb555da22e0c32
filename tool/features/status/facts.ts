import type { V1Node, V1Pod, V1VolumeAttachment } from "@kubernetes/client-node";
import type { FencingReference } from "../../../components/fencing/remediator";
import type { LonghornVolume } from "../../cluster/longhorn";
import type { StoreInCluster } from "../../cluster/store/store-in-cluster";

/** What a cluster says about all of its stores, as its objects have it. */
export interface ClusterFacts {
  /** The flags that lead a command to it. */
  reachedBy: readonly string[];
  /** Such as `v1.36.3`. */
  kubernetesVersion: string;
  nodes: readonly V1Node[];
  /** Nodes on which Longhorn's CSI driver is. */
  nodesWithDriver: readonly string[];
  /** Pods of all gateways. */
  pods: readonly V1Pod[];
  /** Attachments of all volumes to nodes. */
  attachments: readonly V1VolumeAttachment[];
  /** Undefined where there is no Longhorn. */
  longhorn?: LonghornFacts;
  /** What fences silent nodes; undefined where nothing does, or where no store needs it. */
  fencing?: FencingReference;
  /** ConfigMaps of drills: `longhorn-s3-drill` of one that runs, `longhorn-s3-drill-results` of those before. */
  drills: readonly { namespace: string; name: string; data: Readonly<Record<string, string>> }[];
}

export interface LonghornFacts {
  podDeletionPolicy: string;
  volumes: readonly LonghornVolume[];
  replicas: readonly LonghornReplica[];
  nodes: readonly LonghornNode[];
}

/** Longhorn's objects, as far as they are read. */
export interface LonghornReplica {
  metadata: { name: string };
  spec?: { volumeName?: string; nodeID?: string; healthyAt?: string; failedAt?: string };
}

export interface LonghornNode {
  metadata: { name: string };
  status?: { diskStatus?: Readonly<Record<string, { storageAvailable?: number; storageMaximum?: number }>> };
}

/** A store of the cluster, or why it is not whole. */
export type StoreFacts = StoreInCluster | { namespace: string; name: string; notWhole: string };
