import type { Percentiles } from "../../components/recovery-model";
import type { RequestKind } from "../s3/attempt";
import type { Verification } from "../s3/verification";
import type { StageName } from "../cluster/failover-watch/stages";
import type { DrillCase } from "./cases";

/** Version of the report; it rises when a field is taken away or changes its meaning. */
export const drillVersion = 1;

/** What a drill found out: `report.json`. Times of day are ISO 8601 in this machine's clock, durations seconds. */
export interface DrillReport {
  drillVersion: typeof drillVersion;
  case: DrillCase;
  method: FaultMethod;
  store: DrilledStore;
  cluster: DrilledCluster;
  startedAt: string;
  /** From the start to the end of the drill. */
  seconds: number;
  load: DrillLoad;
  /** Of a crash loop: how often the process was killed in each run. */
  kills?: number;
  /** How long a node stayed away where nothing moved; absent in cases without. */
  awaySeconds?: number;
  /** What the recovery-time model says of this case; `never` with its reason where the store does not come back by itself. */
  predicted: PredictedOutage;
  runs: DrillRun[];
  summary: DrillSummary;
  criteria: Criterion[];
  /** What was real and what simulated; of a real cluster a single row. */
  realAndSimulated: readonly { layer: string; inSandbox: string; real: boolean }[];
  /** What these numbers do not say. */
  caveats: string[];
  /** What the drill has changed and could not put back. */
  leftovers: string[];
  /** Why the drill counts as failed; empty when it passed. */
  shortfalls: string[];
}

/** How the failure was made. */
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
  /** As its pod's tolerations say: `Wait`, `AssumeDead` or `Fence`. */
  onNodeFailure: string;
  /** Seconds that the pod stays with a node that is not ready; absent where it stays for ever. */
  tolerationSeconds?: number;
  terminationGracePeriodSeconds: number;
  podDeletionPolicy: string;
}

export interface DrilledCluster {
  server: string;
  kubernetesVersion: string;
  longhornVersion: string;
  nodes: number;
  /** The profile of the sandbox; absent on a cluster that is none. */
  sandboxProfile?: string;
}

/** What was sent, and how often. */
export interface DrillLoad {
  /** Where the clients reached the store. */
  url: string;
  /** Requests of each kind a second, whatever the answers (an open loop). */
  perSecond: Record<RequestKind, number>;
  objectBytes: number;
  multipartBytes: number;
}

/** `never`: why the store does not come back by itself; `unknown`: why the model says nothing. */
export type PredictedOutage = Percentiles | { never: string } | { unknown: string };

/** One failure and its recovery. */
export interface DrillRun {
  number: number;
  faultAt: string;
  node: string;
  pod: string;
  /** The node that served afterwards; absent where none did. */
  newNode?: string;
  /** From the fault to the first request that was answered and after which none failed; absent when the store did not come back. */
  recoverySeconds?: number;
  /** From the first failed request to the same moment: what a client sees; absent when no request failed, or the store did not come back. */
  outageSeconds?: number;
  /** Runs of failed requests with answered ones between them. */
  interruptions: number;
  failedRequests: number;
  /** Failed requests by the kind of failure. */
  errors: Record<string, number>;
  /** Answered and failed requests for each second that the load ran; `second` is relative to the fault. */
  requests: RequestsInSecond[];
  /** The second client, with the SDK's own retries and timeouts: what an application sees. */
  application: ApplicationView;
  stages: DrilledStage[];
  /** The stage that took longest, and what would shorten it; absent when none was seen. */
  slowest?: { stage: StageName; meaning: string; seconds: number; lever: string };
  ledger: LedgerFindings;
  overlaps: Overlap[];
  /** How many times an attachment to the old node went away. */
  attachmentDeletions: number;
  /** This machine's clock minus the API server's. */
  clock: { offsetSeconds: number; uncertaintySeconds: number };
  /** Kubernetes' and Longhorn's events about the store, for who reads on. */
  events: { seconds: number; object: string; reason: string; message: string }[];
}

export interface RequestsInSecond {
  second: number;
  /** By kind: answered, failed. */
  counts: Partial<Record<RequestKind, [answered: number, failed: number]>>;
  /** The longest answered request that was sent in this second, in seconds; absent when none was answered. */
  slowestSeconds?: number;
}

export interface ApplicationView {
  /** Writes with the SDK's defaults, one a second. */
  sent: number;
  failed: number;
  /** Had no answer yet when the drill ended: without a timeout of its own a client may hang. */
  hanging: number;
  /** The longest write that was answered. */
  longestSeconds: number;
}

export interface DrilledStage {
  stage: StageName;
  meaning: string;
  /** After the fault. */
  seconds: number;
  /** What the model says of it; absent where the model has no such stage in this case. */
  predicted?: Percentiles;
}

/** What became of the writes that the clients know of, after the recovery. */
export interface LedgerFindings extends Omit<Verification, "storedWithoutAcknowledgement"> {
  /** Stored whole though never acknowledged: allowed, and worth knowing. */
  unacknowledgedButPresent: number;
  /** Those of the lost that were acknowledged before the fault; absent in reports of earlier versions. */
  lostBeforeFault?: string[];
  /**
   * With a partition: the writes that the cut-off gateway acknowledged, and how many of these are lost. All of them have to be where
   * another node took over, and none where nothing moved; `asExpected` says whether that is so and nothing else is lost.
   */
  isolated?: { acknowledged: number; lost: number; asExpected: boolean };
}

/** Two that could write to the volume at the same time. */
export interface Overlap {
  of: "pods" | "attachments" | "processes";
  /** After the fault. */
  fromSeconds: number;
  /** Absent when it was not over at the end. */
  toSeconds?: number;
  who: string[];
}

export interface DrillSummary {
  runs: number;
  recovered: number;
  /** Of the runs that recovered; absent when none did. */
  recoverySeconds?: { minimum: number; median: number; p95: number; maximum: number };
  outageSeconds?: { minimum: number; median: number; p95: number; maximum: number };
  acknowledged: number;
  lost: number;
  corrupt: number;
  phantom: number;
  overlaps: number;
}

/** A pass criterion of the one who drills. */
export interface Criterion {
  /** As it was given, such as `max<=200s`. */
  text: string;
  value?: number;
  held: boolean;
}
