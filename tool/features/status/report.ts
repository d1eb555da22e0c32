import type { OnNodeFailure } from "../../../components/failover/args";
import type { DrillResult } from "../../cluster/drill-record";

/** Version of the report. Increases when a field is removed or changes its meaning. */
export const statusVersion = 1;

/** Result of `longhorn-s3 status --json`, described by `status-schema.json`. */
export interface StatusReport {
  statusVersion: typeof statusVersion;
  /** Stack of the request; absent for a cluster. */
  stack?: string;
  /** Address of the API server. */
  server: string;
  /** Time of the report, ISO 8601 in this machine's clock. */
  at: string;
  /** Whether all stores would survive the loss of their gateways' nodes. */
  survives: boolean;
  stores: StoreStatus[];
}

/** Store, and whether it would survive a failure now. */
export interface StoreStatus {
  namespace: string;
  name: string;
  /** Whether it is available, and another node could take over after the loss of its gateway's node without loss of data. */
  survives: boolean;
  /** Whether it would then recover automatically. */
  byItself: boolean;
  /** Reasons why it would not survive; empty if it would. */
  reasons: string[];
  /** Warnings that do not affect `survives`. */
  warnings: string[];
  /** Absent if no pod of the gateway has a node. */
  gateway?: GatewayStatus;
  /** Absent if the volume does not exist, or if the store is incomplete. */
  volume?: VolumeStatus;
  /** All nodes of the cluster. */
  nodes: NodeStatus[];
  /** Absent if the store is incomplete, for example during its deployment. */
  policy?: PolicyStatus;
  /** Prediction of the recovery-time model with Kubernetes' own timing constants; absent like `policy`. */
  predicted?: { podFailure: PredictedTime; switchOver: PredictedTime; nodeFailure: PredictedTime };
  /** Time of the volume's last backup, ISO 8601; absent if there is none. */
  lastBackupAt?: string;
  /** Absent if there was no drill. */
  lastDrill?: DrillResult;
}

export interface GatewayStatus {
  pod: string;
  node: string;
  ready: boolean;
  /** Number of restarts of the container. */
  restarts: number;
  /** Start time of the pod, ISO 8601. */
  startedAt?: string;
}

/** Longhorn volume. */
export interface VolumeStatus {
  /** Name of Longhorn's volume. */
  name: string;
  accessMode: string;
  /** State, such as `attached`. */
  state: string;
  /** `healthy`, `degraded`, `faulted`, or `unknown` for a detached volume. */
  robustness: string;
  /** Desired number of replicas. */
  replicas: number;
}

/** Node, with its properties for the store. */
export interface NodeStatus {
  name: string;
  /** Whether the gateway runs on it. */
  gateway: boolean;
  /** Whether the gateway could start on it if its own node failed. */
  couldTakeOver: boolean;
  /** Reasons against that, such as `is cordoned`; empty if it could, and for the gateway's own node. */
  against: string[];
  /** Whether the gateway's image is among those that the node reports, 50 by default. */
  hasImage: boolean;
  /** Replica of the volume on this node: `whole`, `rebuilding` or `failed`; absent if there is none. */
  replica?: ReplicaState;
  /** Schedulable and total bytes of Longhorn on this node; absent if Longhorn has no disk on it. */
  disk?: { availableBytes: number; maximumBytes: number };
}

export type ReplicaState = "whole" | "rebuilding" | "failed";

/** Policy in effect. */
export interface PolicyStatus {
  /** Decision that the pod's tolerations encode. */
  onNodeFailure: OnNodeFailure;
  /** Seconds that the pod stays bound to a NotReady node; absent if it stays without limit. */
  tolerationSeconds?: number;
  /** Current value in Longhorn. */
  podDeletionPolicy: string;
  /** Effect of both when the gateway's node becomes unreachable. */
  effect: string;
}

/**
 * Seconds from the fault to the first successful request; `never` with its reason if the store does not recover automatically.
 */
export type PredictedTime = { p50Seconds: number; p95Seconds: number; p99Seconds: number } | { never: string };
