import type { Percentiles } from "../../components/recovery-model";
import type { RequestKind } from "../s3/attempt";
import type { Verification } from "../s3/verification";
import type { StageName } from "../cluster/failover-watch/stages";
import type { DrillCase } from "./cases";

/** Version of the report. Increases when a field is removed or changes its meaning. */
export const drillVersion = 1;

/** Result of a drill, as in `report.json`. Times of day are ISO 8601 in this machine's clock, durations are in seconds. */
export interface DrillReport {
  drillVersion: typeof drillVersion;
  case: DrillCase;
  method: FaultMethod;
  store: DrilledStore;
  cluster: DrilledCluster;
  startedAt: string;
  /** Duration of the drill. */
  seconds: number;
  load: DrillLoad;
  /** Of a crash loop: number of kills in each run. */
  kills?: number;
  /** Seconds for which a node stayed unavailable; absent in cases without. */
  awaySeconds?: number;
  /**
   * Prediction of the recovery-time model for this case; `never` with its reason if the store does not recover automatically.
   */
  predicted: PredictedOutage;
  runs: DrillRun[];
  summary: DrillSummary;
  criteria: Criterion[];
  /** Real and simulated parts; a single row for a real cluster. */
  realAndSimulated: readonly { layer: string; inSandbox: string; real: boolean }[];
  /** Limits of these numbers. */
  caveats: string[];
  /** Changes of the drill that could not be reverted. */
  leftovers: string[];
  /** Reasons why the drill failed; empty if it passed. */
  shortfalls: string[];
}

/** Method that injected the failure. */
export interface FaultMethod {
  name: string;
  does: string;
  simulates: string;
  doesNotSimulate: string;
}

export interface DrilledStore {
  namespace: string;
  name: string;
  accessMode: string;
  /** Decision that the pod's tolerations encode: `Wait`, `AssumeDead` or `Fence`. */
  onNodeFailure: string;
  /** Seconds that the pod stays bound to a NotReady node; absent if it stays without limit. */
  tolerationSeconds?: number;
  terminationGracePeriodSeconds: number;
  podDeletionPolicy: string;
}

export interface DrilledCluster {
  server: string;
  kubernetesVersion: string;
  longhornVersion: string;
  nodes: number;
  /** Profile of the sandbox; absent on a real cluster. */
  sandboxProfile?: string;
}

/** Requests and their rates. */
export interface DrillLoad {
  /** URL of the store for clients. */
  url: string;
  /** Requests of each kind per second, regardless of the responses (an open loop). */
  perSecond: Record<RequestKind, number>;
  objectBytes: number;
  multipartBytes: number;
}

/** `never`: reason why the store does not recover automatically. `unknown`: reason why the model has no prediction. */
export type PredictedOutage = Percentiles | { never: string } | { unknown: string };

/** One failure and its recovery. */
export interface DrillRun {
  number: number;
  faultAt: string;
  node: string;
  pod: string;
  /** Node of the new gateway; absent if there is none. */
  newNode?: string;
  /** From the fault to the first successful request after which none failed; absent if the store did not recover. */
  recoverySeconds?: number;
  /**
   * From the first failed request to the same moment, as clients see it; absent if no request failed, or if the store did not
   * recover.
   */
  outageSeconds?: number;
  /** Number of series of failed requests, separated by successful ones. */
  interruptions: number;
  failedRequests: number;
  /** Failed requests by kind of failure. */
  errors: Record<string, number>;
  /** Successful and failed requests in each second of the load; `second` is relative to the fault. */
  requests: RequestsInSecond[];
  /** Second client with the SDK's own retries and timeouts: the view of an application. */
  application: ApplicationView;
  stages: DrilledStage[];
  /** Stage that took longest, and how to shorten it; absent if no stage was observed. */
  slowest?: { stage: StageName; meaning: string; seconds: number; lever: string };
  ledger: LedgerFindings;
  overlaps: Overlap[];
  /** Number of deletions of an attachment to the old node. */
  attachmentDeletions: number;
  /** This machine's clock minus that of the API server. */
  clock: { offsetSeconds: number; uncertaintySeconds: number };
  /** Events of Kubernetes and Longhorn about the store. */
  events: { seconds: number; object: string; reason: string; message: string }[];
}

export interface RequestsInSecond {
  second: number;
  /** By kind: successful, failed. */
  counts: Partial<Record<RequestKind, [answered: number, failed: number]>>;
  /** Duration in seconds of the longest successful request sent in this second; absent if there was none. */
  slowestSeconds?: number;
}

export interface ApplicationView {
  /** Writes with the SDK's defaults, one per second. */
  sent: number;
  failed: number;
  /** Requests without a response at the end of the drill. Without its own timeout, a client may hang. */
  hanging: number;
  /** Duration of the longest successful write. */
  longestSeconds: number;
}

export interface DrilledStage {
  stage: StageName;
  meaning: string;
  /** Seconds after the fault. */
  seconds: number;
  /** Predicted time; absent if the model has no such stage in this case. */
  predicted?: Percentiles;
}

/** Results of the clients' writes after the recovery. */
export interface LedgerFindings extends Omit<Verification, "storedWithoutAcknowledgement"> {
  /** Stored completely although never acknowledged, which is allowed. */
  unacknowledgedButPresent: number;
  /** Subset of the lost writes that were acknowledged before the fault; absent in reports of earlier versions. */
  lostBeforeFault?: string[];
  /**
   * With a partition: the writes that the isolated gateway acknowledged, and the number of lost ones among them. After a
   * failover all of them must be lost; without one, none. `asExpected`: whether that holds and no other write is lost.
   */
  isolated?: { acknowledged: number; lost: number; asExpected: boolean };
}

/** Two writers that could use the volume at the same time. */
export interface Overlap {
  of: "pods" | "attachments" | "processes";
  /** Seconds after the fault. */
  fromSeconds: number;
  /** Absent if it had not ended at the end. */
  toSeconds?: number;
  who: string[];
}

export interface DrillSummary {
  runs: number;
  recovered: number;
  /** Recovery times of the runs that recovered; absent if none did. */
  recoverySeconds?: { minimum: number; median: number; p95: number; maximum: number };
  outageSeconds?: { minimum: number; median: number; p95: number; maximum: number };
  acknowledged: number;
  lost: number;
  corrupt: number;
  phantom: number;
  overlaps: number;
}

/** Pass criterion of the operator. */
export interface Criterion {
  /** Text of the criterion, such as `max<=200s`. */
  text: string;
  value?: number;
  held: boolean;
}
