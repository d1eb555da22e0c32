import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { failNode } from "../../tool/features/demo/node-failure";
import type { NodeFailureFindings } from "../../tool/features/demo/report";
import { silent } from "../../tool/terminal/progress";
import { createObjectClient } from "../../tool/s3/client";
import type { FailoverWatch } from "../../tool/cluster/failover-watch/watches";
import type { Bed } from "./bed";
import { recoveryCases } from "./cases";
import { changesOf, type SeenChange } from "./seen-changes";

/** One death of the gateway's node, measured from the outside. Times are seconds after the node was killed. */
export interface MeasuredRun {
  case: string;
  /** Which of the sandboxes side by side; runs of one bed follow each other. */
  bed: number;
  /** How many beds were side by side. */
  beds: number;
  killedAt: string;
  /** Load average of one minute when the node was killed, a hint of how busy the machine was. */
  load: number;
  /** When the out-of-service taint was set. */
  taintedAtSeconds?: number;
  /** From the first failed request to the first successful one after which none failed. */
  outageSeconds?: number;
  stages: Record<string, number>;
  attachmentDeletions: number;
  acknowledged: number;
  lost: number;
  corrupt: number;
  /** What happened to node, pods, attachments and endpoints, in that order. */
  changes: SeenChange[];
}

/**
 * The longest loop of those that a recovery waits for. A recovery ends at a tick of it, so that a shorter wait would find the loop
 * always in the same part of its round.
 */
const longestPhaseMs = 60_000;

/** Kills the gateway's node at a random moment, measures the recovery, and puts the node back. */
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

/** The taint is taken back only when nothing of the store is left on the node. */
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
