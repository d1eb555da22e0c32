import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { failNode } from "../../tool/features/demo/node-failure";
import type { NodeFailureFindings } from "../../tool/features/demo/report";
import { silent } from "../../tool/terminal/progress";
import { createObjectClient } from "../../tool/s3/client";
import type { FailoverWatch } from "../../tool/cluster/failover-watch/watches";
import type { Observation } from "../../tool/cluster/failover-watch/stages";
import type { Bed } from "./bed";
import { recoveryCases } from "./cases";

/** A measured failure of the gateway's node. Times are seconds after the power off. */
export interface MeasuredRun {
  case: string;
  /** Index of the parallel sandbox. Runs of one sandbox are in sequence. */
  bed: number;
  /** Number of parallel sandboxes. */
  beds: number;
  killedAt: string;
  /** Load average of one minute at the power off. */
  load: number;
  /** Time of the out-of-service taint. */
  taintedAtSeconds?: number;
  /** Seconds from the first failed request to the first successful one without later failures. */
  outageSeconds?: number;
  stages: Record<string, number>;
  attachmentDeletions: number;
  acknowledged: number;
  lost: number;
  corrupt: number;
  /** Changes of nodes, pods, attachments and endpoints, in order. */
  changes: SeenChange[];
}

/**
 * Period of the longest loop that a recovery waits for. A recovery ends at a tick of it, so that a shorter random delay
 * would always meet the loop in the same phase.
 */
const longestPhaseMs = 60_000;

/** Powers the gateway's node off at a random time, measures the recovery, and restores the node. */
export async function measureRecovery(bed: Bed, number: number): Promise<Omit<MeasuredRun, "bed" | "beds">> {
  const { cluster, sandbox, store, caseName } = bed;
  const volume = await cluster.volumeOf(store);
  if (volume === undefined) throw new Error(`claim ${store.persistentVolumeClaimName} is not bound`);
  await bed.nodes.settled(volume);
  await sleep(Math.random() * longestPhaseMs);
  const [serving] = await cluster.endpointsOf(store);
  if (serving === undefined) throw new Error(`Service ${store.serviceName} routes to no ready pod`);

  const client = createObjectClient({ url: bed.url, credentials: bed.credentials, bucket: `run-${number}` });
  const watch = await cluster.watchFailover(store);
  const end = new AbortController();
  try {
    await client.createBucket();
    const taint = recoveryCases[caseName].outOfServiceAtNotReady
      ? bed.nodes.vouchAtNotReady(serving.node, end.signal)
      : Promise.resolve(undefined);
    const [findings, taintedAt] = await Promise.all([
      failNode({ sandbox, cluster, store, client, serving, volume, step: silent.begin(""), signal: end.signal }),
      taint,
    ]);
    await sandbox.startNode(serving.node);
    if (taintedAt !== undefined) {
      await nodeIsClean(bed, serving.node);
      await bed.nodes.unvouch(serving.node);
    }
    return { ...measured(findings, watch, volume, taintedAt), case: caseName };
  } finally {
    end.abort();
    await watch.stop();
    client.close();
  }
}

/** Reports whether the node has no objects of the store, which is required to remove the taint. */
async function nodeIsClean({ cluster, store }: Bed, node: string): Promise<void> {
  for (;;) {
    const pods = await cluster.endpointsOf(store);
    if (pods.length > 0 && pods.every((pod) => pod.node !== node)) return;
    await sleep(500);
  }
}

function measured(
  findings: NodeFailureFindings,
  watch: FailoverWatch,
  volume: string,
  taintedAt: number | undefined,
): Omit<MeasuredRun, "bed" | "beds" | "case"> {
  const killedAt = Date.parse(findings.killedAt);
  const { verification, outage, timeline } = findings;
  return {
    killedAt: findings.killedAt,
    load: Number(loadavg()[0]?.toFixed(1)),
    ...(taintedAt === undefined ? {} : { taintedAtSeconds: (taintedAt - killedAt) / 1000 }),
    outageSeconds: outage?.seconds,
    stages: Object.fromEntries(timeline.map(({ stage, seconds }) => [stage, seconds])),
    attachmentDeletions: findings.attachmentDeletions,
    acknowledged: verification.acknowledged,
    lost: verification.lost.length,
    corrupt: verification.corrupt.length,
    changes: changesOf(watch.observations, killedAt, volume),
  };
}

/** A change: seconds after the failure, object, and new state. */
export type SeenChange = [seconds: number, object: string, state: string];

/** Returns the changes after the failure, without repetitions and without those of other volumes. */
export function changesOf(observations: readonly Observation[], faultAt: number, volume: string): SeenChange[] {
  const states = new Map<string, string>();
  const changes: SeenChange[] = [];
  for (const seen of observations) {
    if (seen.kind === "VolumeAttachment" && seen.volume !== volume) continue;
    if (seen.kind === "LonghornVolume" && seen.name !== volume) continue;
    const [object, state] = described(seen);
    if (states.get(object) === state) continue;
    states.set(object, state);
    if (seen.at >= faultAt) changes.push([(seen.at - faultAt) / 1000, object, state]);
  }
  return changes;
}

function described(seen: Observation): [object: string, state: string] {
  switch (seen.kind) {
    case "Node":
      return [`Node ${seen.name}`, seen.ready ? "ready" : "not ready"];
    case "Pod": {
      const state = seen.gone ? "gone" : seen.terminating ? "terminating" : seen.ready ? "ready" : "not ready";
      return [`Pod ${seen.uid.slice(0, 8)}`, `${state} on ${seen.node ?? "no node"}`];
    }
    case "VolumeAttachment":
      return [
        `VolumeAttachment ${seen.name.slice(0, 12)}`,
        `${seen.gone ? "gone" : seen.attached ? "attached" : "not attached"} to ${seen.node}`,
      ];
    case "EndpointSlice":
      return ["EndpointSlice", seen.readyPods.map((uid) => uid.slice(0, 8)).join(" ") || "empty"];
    case "LonghornVolume":
      return ["LonghornVolume", `${seen.state} ${seen.robustness} on ${seen.node || "no node"}`];
  }
}
