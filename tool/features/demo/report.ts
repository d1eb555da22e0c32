import { realAndSimulated, type Sandbox, type SandboxAlarm, type NotRunContainer } from "../../../sandbox";
import type { Outage } from "../../s3/outage";
import type { Verification } from "../../s3/verification";
import type { StageName } from "../../cluster/failover-watch/stages";
import { alarmText } from "./alarm-text";
import type { DeployedStack } from "./deploy-store";
import { shortfallsOf } from "./shortfalls";

/** What the demo found out. Times of day are ISO 8601, durations seconds. */
export interface DemoReport {
  profile: string;
  /** Path of the chart that Longhorn was installed from. */
  chart: string;
  deployment: { planned: Record<string, number>; changes: Record<string, number>; seconds: number };
  store: {
    name: string;
    endpoint: string;
    /** Where it was reached from outside of the cluster. */
    url: string;
    namespace: string;
    accessMode: string;
    onNodeFailure: string;
    podDeletionPolicy: string;
  };
  nodeFailure: NodeFailureFindings;
  readBack: ReadBack;
  /** What the sandbox itself reported: two processes on one volume, or one that serves after its pod is gone. */
  alarms: string[];
  /** Images of containers that idled instead of running. */
  notRun: string[];
  realAndSimulated: readonly { layer: string; inSandbox: string; real: boolean }[];
  seconds: number;
  /** What was still there after everything was removed; absent when the sandbox was kept. */
  leftovers?: string[];
  /** Why this run does not count as a success; empty when it does. */
  shortfalls: string[];
}

/** A client under steady load while the gateway's node is killed. */
export interface NodeFailureFindings {
  node: string;
  killedAt: string;
  requestsPerSecond: number;
  sent: number;
  acknowledged: { beforeFault: number; afterRecovery: number; total: number };
  /** Absent when no request failed. */
  outage?: Outage;
  /** How long the demo would have waited for the recovery. */
  recoveryLimitSeconds: number;
  verification: Verification;
  /** Seconds after the fault. */
  timeline: { stage: StageName; meaning: string; seconds: number }[];
  /** More than one means that Kubernetes attached the volume to the dead node again. */
  attachmentDeletions: number;
}

/** The object that was written before the node died. */
export interface ReadBack {
  key: string;
  writtenThroughNode: string;
  /** Absent when the Service routes to no pod. */
  readThroughNode?: string;
  identical: boolean;
}

/** What the demo learned on its way, as its parts gave it. */
export interface DemoFindings {
  sandbox: Pick<Sandbox, "profile" | "chart">;
  stack: DeployedStack;
  url: string;
  rehearsal: { nodeFailure: NodeFailureFindings; readBack: ReadBack };
  alarms: readonly SandboxAlarm[];
  notRun: readonly NotRunContainer[];
  /** When the demo began, milliseconds since the epoch. */
  begin: number;
  leftovers?: string[];
}

export function completeReport({ sandbox, stack, url, rehearsal, ...found }: DemoFindings): DemoReport {
  const { store, planned, update, outputs } = stack;
  const report = {
    profile: sandbox.profile,
    chart: sandbox.chart,
    deployment: { planned: planned.changes, changes: update.changes, seconds: update.seconds },
    store: {
      name: store.name,
      endpoint: store.outputs.endpoint,
      url,
      namespace: store.outputs.namespace,
      accessMode: store.outputs.accessMode,
      onNodeFailure: store.outputs.onNodeFailure,
      podDeletionPolicy: outputs.longhorn.podDeletionPolicy,
    },
    ...rehearsal,
    alarms: found.alarms.map(alarmText),
    notRun: [...new Set(found.notRun.map(({ image }) => image))].sort(),
    realAndSimulated,
    seconds: (Date.now() - found.begin) / 1000,
    leftovers: found.leftovers,
  };
  return { ...report, shortfalls: shortfallsOf(report) };
}
