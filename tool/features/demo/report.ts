import { realAndSimulated, type Sandbox, type SandboxAlarm, type NotRunContainer } from "../../../sandbox";
import type { Outage } from "../../s3/outage";
import type { Verification } from "../../s3/verification";
import type { StageName } from "../../cluster/failover-watch/stages";
import { alarmText } from "./sandbox-text";
import type { DeployedStack } from "./deploy-store";

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

/** Everything in `report` that fell short of what the demo promises, each as one sentence. */
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
    return [`no request failed although ${node} was killed: the failure was not seen by the client`];
  if (outage.seconds === undefined) return [`the store did not answer again within ${recoveryLimitSeconds} s`];
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
    ...count(corrupt, "objects hold other content than was written"),
    ...count(phantom, "objects are there that were never sent"),
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
  return missing.map((stage) => `the stage "${stage}" was not seen in the cluster`);
}

function readBackShortfalls({ key, identical, writtenThroughNode, readThroughNode }: ReadBack): string[] {
  const from = readThroughNode === undefined ? ["the Service routes to no pod"] : [];
  const same =
    readThroughNode === writtenThroughNode
      ? [`object ${key} was read through ${writtenThroughNode} again, not through another node`]
      : [];
  const content = identical ? [] : [`object ${key} did not come back as it was written`];
  return [...from, ...same, ...content];
}
