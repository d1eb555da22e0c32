import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sandbox } from "../../../sandbox";
import { throwIfInterrupted } from "../../errors";
import type { Step } from "../../terminal/progress";
import type { ObjectClient } from "../../s3/client";
import { openLedger, readLedger } from "../../s3/ledger";
import { startLoad, type Load } from "../../s3/load";
import type { Attempt } from "../../s3/attempt";
import { acknowledgedAround, computeOutage, type Outage } from "../../s3/outage";
import { verifyLoad } from "../../s3/verification";
import {
  computeTimeline,
  secondsAfterFault,
  stageMeanings,
  type FailoverSubject,
} from "../../cluster/failover-watch/stages";
import type { ReadyEndpoint } from "../../cluster/failover-watch/observe";
import type { ClusterView, StoreObjects } from "../../cluster/failover-watch/watches";
import { pulumiDirectoryOf } from "./deploy-store";
import type { NodeFailureFindings } from "./report";

export interface NodeFailureOptions {
  sandbox: Pick<Sandbox, "killNode" | "profile" | "directory">;
  cluster: ClusterView;
  store: StoreObjects;
  client: ObjectClient;
  /** Ready pod, on the node that is killed. */
  serving: ReadyEndpoint;
  /** PersistentVolume of the store. */
  volume: string;
  step: Step;
  signal: AbortSignal;
}

const requestsPerSecond = 10;
const steadySeconds = 5;
/** Seconds without failed requests after which the store counts as recovered. */
const settleSeconds = 5;
const pollMs = 200;

/** Time limits far above the measured recoveries (fast: up to 180 s, production: up to 220 s). */
const recoveryLimitSeconds = { fast: 400, production: 600 };

/** Kills the serving node under steady load, waits for the recovery and reads everything back. */
export async function failNode(options: NodeFailureOptions): Promise<NodeFailureFindings> {
  const { sandbox, cluster, client, serving, step, signal } = options;
  const limit = recoveryLimitSeconds[sandbox.profile];
  const ledger = openLedger(join(pulumiDirectoryOf(sandbox.directory), `ledger-${Date.now()}`));
  const watch = await cluster.watchFailover(options.store);
  const load = startLoad({ client, ledger, keyPrefix: loadPrefix, requestsPerSecond });
  try {
    step.update(`${requestsPerSecond} PUTs per second`);
    await sleep(steadySeconds * 1000, undefined, { signal });
    step.update(`killing ${serving.node}`);
    const faultAt = (await sandbox.killNode(serving.node)).getTime();
    const subject: FailoverSubject = { faultAt, node: serving.node, podUid: serving.podUid, volume: options.volume };
    await waitForRecovery(load, faultAt, limit, signal, (outage) => {
      const last = secondsAfterFault(computeTimeline(watch.observations, subject).stages, faultAt).at(-1);
      step.update(waitingText(serving.node, faultAt, outage, last && stageMeanings[last.stage]));
    });
    const attempts = await load.stop();
    const outage = computeOutage(attempts, faultAt);
    const verification = await verifyLoad({
      client,
      acknowledged: readLedger(ledger.file).map(({ key }) => key),
      sent: attempts.map(({ key }) => key),
      keyPrefix: loadPrefix,
      onProgress: (done, total) => step.update(`reading back ${done}/${total}`),
      signal,
    });
    const { stages, attachmentDeletions } = computeTimeline(watch.observations, subject, outage?.recoveredAt);
    return {
      node: serving.node,
      killedAt: new Date(faultAt).toISOString(),
      requestsPerSecond,
      sent: attempts.length,
      acknowledged: acknowledgedAround(attempts, faultAt, outage?.recoveredAt),
      outage,
      recoveryLimitSeconds: limit,
      verification,
      timeline: secondsAfterFault(stages, faultAt).map((reached) => ({
        ...reached,
        meaning: stageMeanings[reached.stage],
      })),
      attachmentDeletions,
    };
  } finally {
    await load.stop();
    await watch.stop();
    ledger.close();
  }
}

/** Returns when the store is lastingly available again, or after `limitSeconds`. */
async function waitForRecovery(
  load: Load,
  faultAt: number,
  limitSeconds: number,
  signal: AbortSignal,
  report: (outage: Outage | undefined) => void,
): Promise<void> {
  for (;;) {
    throwIfInterrupted(signal);
    const outage = computeOutage(load.attempts, faultAt);
    const recoveredAt = outage?.recoveredAt;
    if (recoveredAt !== undefined && answersSince(load.attempts, recoveredAt + settleSeconds * 1000)) return;
    if (Date.now() - faultAt > limitSeconds * 1000) return;
    report(outage);
    await sleep(pollMs, undefined, { signal });
  }
}

function answersSince(attempts: readonly Attempt[], at: number): boolean {
  return attempts.some((attempt) => attempt.ok && attempt.sentAt >= at);
}

function waitingText(node: string, faultAt: number, outage: Outage | undefined, stage: string | undefined): string {
  const since = Math.round((Date.now() - faultAt) / 1000);
  const failed = outage === undefined ? "no request has failed" : `${outage.failedRequests} requests failed`;
  const answers = outage?.recoveredAt === undefined ? "" : ", requests succeed again";
  return `${node} dead for ${since} s, ${failed}${stage === undefined ? "" : `, ${stage}`}${answers}`;
}

/** Bucket of the demo. */
export const demoBucket = "demo";

/** Object that is written before the node failure and read back afterwards. Its content is derived from its key. */
export const witness = { key: "witness", sizeBytes: 64 * 1024 };

/** Prefix of the keys that the load writes. */
const loadPrefix = "load/";
