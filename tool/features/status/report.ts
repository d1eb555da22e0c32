import type { OnNodeFailure } from "../../../components/failover/args";
import type { DrillResult } from "../../cluster/drill-record";

/** Version of the report; it rises when a field is taken away or changes its meaning. */
export const statusVersion = 1;

/** What `longhorn-s3 status --json` prints; `status-schema.json` describes it. */
export interface StatusReport {
  statusVersion: typeof statusVersion;
  /** The stack that was asked about; absent where a cluster was. */
  stack?: string;
  /** Address of the API server. */
  server: string;
  /** When it was looked at, ISO 8601 in this machine's clock. */
  at: string;
  /** Whether every store would survive the loss of its gateway's node. */
  survives: boolean;
  stores: StoreStatus[];
}

/** A store, and whether it would survive a failure now. */
export interface StoreStatus {
  namespace: string;
  name: string;
  /** Whether it serves, and the loss of its gateway's node would cost nothing that is there to be lost: another node can take over. */
  survives: boolean;
  /** Whether it would come back without anybody's help after that loss. */
  byItself: boolean;
  /** Why it would not survive; empty where it would. */
  reasons: string[];
  /** What is worth knowing all the same. */
  warnings: string[];
  /** Absent where there is no gateway that has a node. */
  gateway?: GatewayStatus;
  /** Absent where the volume is not there, or where the store is not whole. */
  volume?: VolumeStatus;
  /** Every node of the cluster. */
  nodes: NodeStatus[];
  /** Absent where the store is not whole, as while it is deployed. */
  policy?: PolicyStatus;
  /** From the recovery-time model, with Kubernetes' own timing constants; absent as `policy` is. */
  predicted?: { podFailure: PredictedTime; switchOver: PredictedTime; nodeFailure: PredictedTime };
  /** When the volume's last backup was made, ISO 8601; absent where there is none. */
  lastBackupAt?: string;
  /** Absent where it was never drilled. */
  lastDrill?: DrillResult;
}

export interface GatewayStatus {
  pod: string;
  node: string;
  ready: boolean;
  /** How often the container was started again. */
  restarts: number;
  /** When the pod was started, ISO 8601. */
  startedAt?: string;
}

/** Longhorn's volume. */
export interface VolumeStatus {
  /** Longhorn's name of it. */
  name: string;
  accessMode: string;
  /** Such as `attached`. */
  state: string;
  /** `healthy`, `degraded`, `faulted`, or `unknown` where nobody uses it. */
  robustness: string;
  /** How many replicas it is to have. */
  replicas: number;
}

/** A node as the store sees it. */
export interface NodeStatus {
  name: string;
  /** Whether the gateway is here. */
  gateway: boolean;
  /** Whether the gateway could start here if its node were gone. */
  couldTakeOver: boolean;
  /** What is against it, such as `is cordoned`; empty where it could, and of the gateway's own node. */
  against: string[];
  /** Whether the gateway's image is among those that the node tells, which are 50 by default. */
  hasImage: boolean;
  /** The volume's replica on this node: `whole`, `rebuilding` or `failed`; absent where there is none. */
  replica?: ReplicaState;
  /** Bytes that Longhorn could still take on this node, and all that it has; absent where Longhorn has no disk here. */
  disk?: { availableBytes: number; maximumBytes: number };
}

export type ReplicaState = "whole" | "rebuilding" | "failed";

/** What is in force. */
export interface PolicyStatus {
  /** As the pod's tolerations say. */
  onNodeFailure: OnNodeFailure;
  /** Seconds that the pod stays with a node that is not ready; absent where it stays for ever. */
  tolerationSeconds?: number;
  /** As Longhorn has it now. */
  podDeletionPolicy: string;
  /** What both come to when the gateway's node falls silent. */
  effect: string;
}

/** Seconds from the fault to the first answer; `never` and why, where it does not come back by itself. */
export type PredictedTime = { p50Seconds: number; p95Seconds: number; p99Seconds: number } | { never: string };
