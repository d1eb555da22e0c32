import { realAndSimulated, type Sandbox, type SandboxAlarm, type NotRunContainer } from "../../../sandbox";
import type { Outage } from "../../s3/outage";
import type { Verification } from "../../s3/verification";
import type { StageName } from "../../cluster/failover-watch/stages";
import { alarmText } from "./sandbox-text";
import type { DeployedStack } from "./deploy-store";

/** Result of the demo. Times of day are ISO 8601, durations are in seconds. */
export interface DemoReport {
  profile: string;
  /** Path of Longhorn's chart. */
  chart: string;
  deployment: { planned: Record<string, number>; changes: Record<string, number>; seconds: number };
  store: {
    name: string;
    endpoint: string;
    /** URL of the store outside of the cluster. */
    url: string;
    namespace: string;
    accessMode: string;
    onNodeFailure: string;
    podDeletionPolicy: string;
  };
  nodeFailure: NodeFailureFindings;
  readBack: ReadBack;
  /** Alarms of the sandbox: two processes on one volume, or a process that serves after its pod is deleted. */
  alarms: string[];
  /** Images of containers that idled instead of running. */
  notRun: string[];
  realAndSimulated: readonly { layer: string; inSandbox: string; real: boolean }[];
  seconds: number;
  /** Leftovers after the removal; absent if the sandbox was kept. */
  leftovers?: string[];
  /** Reasons why this run failed; empty if it passed. */
  shortfalls: string[];
}

/** Effect on a client under steady load of the death of the gateway's node. */
export interface NodeFailureFindings {
  node: string;
  killedAt: string;
  requestsPerSecond: number;
  sent: number;
  acknowledged: { beforeFault: number; afterRecovery: number; total: number };
  /** Absent if no request failed. */
  outage?: Outage;
  /** Time limit of the demo for the recovery. */
  recoveryLimitSeconds: number;
  verification: Verification;
  /** Stages, in seconds after the fault. */
  timeline: { stage: StageName; meaning: string; seconds: number }[];
  /** A number above 1 means that Kubernetes attached the volume to the dead node again. */
  attachmentDeletions: number;
}

/** Object that was written before the node failure. */
export interface ReadBack {
  key: string;
  writtenThroughNode: string;
  /** Absent if the Service routes to no pod. */
  readThroughNode?: string;
  identical: boolean;
}

/** Findings of the demo's parts. */
export interface DemoFindings {
  sandbox: Pick<Sandbox, "profile" | "chart">;
  stack: DeployedStack;
  url: string;
  rehearsal: { nodeFailure: NodeFailureFindings; readBack: ReadBack };
  alarms: readonly SandboxAlarm[];
  notRun: readonly NotRunContainer[];
  /** Start of the demo, in milliseconds since the epoch. */
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

/** Returns the shortfalls of `report`, one sentence each. */
export function shortfallsOf(report: Omit<DemoReport, "shortfalls">): string[] {
  const { nodeFailure, readBack, alarms, leftovers = [] } = report;
  return [
    ...outageShortfalls(nodeFailure),
    ...verificationShortfalls(nodeFailure.verification),
    ...timelineShortfalls(nodeFailure),
    ...readBackShortfalls(readBack),
    ...alarms.map((alarm) => `the sandbox raised an alarm: ${alarm}`),
    ...leftovers.map((left) => `left behind: ${left}`),
  ];
}

function outageShortfalls({ outage, acknowledged, recoveryLimitSeconds, node }: NodeFailureFindings): string[] {
  if (outage === undefined)
    return [`no request failed although ${node} was killed: the client did not notice the failure`];
  if (outage.seconds === undefined) return [`the store did not recover within ${recoveryLimitSeconds} s`];
  if (acknowledged.beforeFault === 0) return ["no write was acknowledged before the node was killed"];
  return [];
}

function verificationShortfalls({
  lost,
  corrupt,
  phantom,
  unreadable,
  acknowledged,
  verified,
}: Verification): string[] {
  const count = (keys: readonly string[], what: string): string[] =>
    keys.length === 0 ? [] : [`${keys.length} ${what}: ${keys.slice(0, 3).join(", ")}${keys.length > 3 ? ", …" : ""}`];
  const found = [
    ...count(lost, "acknowledged objects are lost"),
    ...count(corrupt, "objects have other content than was written"),
    ...count(phantom, "objects exist that were never sent"),
    ...count(unreadable, "objects could not be read"),
  ];
  if (found.length === 0 && verified !== acknowledged) {
    return [`only ${verified} of ${acknowledged} acknowledged objects could be verified`];
  }
  return found;
}

function timelineShortfalls({ timeline, outage }: NodeFailureFindings): string[] {
  if (outage?.seconds === undefined) return [];
  const missing = (["nodeNotReady", "attached", "ready"] as const).filter(
    (stage) => !timeline.some((reached) => reached.stage === stage),
  );
  return missing.map((stage) => `the stage "${stage}" was not observed in the cluster`);
}

function readBackShortfalls({ key, identical, writtenThroughNode, readThroughNode }: ReadBack): string[] {
  const from = readThroughNode === undefined ? ["the Service routes to no pod"] : [];
  const same =
    readThroughNode === writtenThroughNode
      ? [`object ${key} was read through ${writtenThroughNode} again, not through another node`]
      : [];
  const content = identical ? [] : [`object ${key} differs from what was written`];
  return [...from, ...same, ...content];
}
