import { setTimeout as sleep } from "node:timers/promises";
import type { Sandbox } from "../../../sandbox";
import { ToolError } from "../../errors";
import { during, secondsText, type Progress } from "../../terminal/progress";
import { createObjectClient, type ObjectClient } from "../../s3/client";
import { contentOf } from "../../s3/content";
import type { ReadyEndpoint } from "../../cluster/failover-watch/observe";
import type { ClusterView, StoreObjects } from "../../cluster/failover-watch/watches";
import type { DeployedStore } from "./deploy-store";
import { failNode, demoBucket, witness } from "./node-failure";
import type { NodeFailureFindings, ReadBack } from "./report";

export interface RehearsalOptions {
  sandbox: Pick<Sandbox, "killNode" | "profile" | "directory">;
  cluster: ClusterView;
  store: DeployedStore;
  /** URL of the store's Service outside of the cluster. */
  url: string;
  progress: Progress;
  signal: AbortSignal;
}

const routeLimitMs = 15_000;
const pollMs = 200;

/** Writes an object, kills the node that serves it under load, and reads the object back through another node. */
export async function rehearse(
  options: RehearsalOptions,
): Promise<{ nodeFailure: NodeFailureFindings; readBack: ReadBack }> {
  const { sandbox, cluster, store, url, progress, signal } = options;
  const client = createObjectClient({ url, credentials: store.credentials, bucket: demoBucket });
  try {
    const before = await during(
      progress,
      `PUT and GET through ${url}`,
      async () => {
        await client.createBucket();
        await client.put(witness.key, contentOf(witness.key, witness.sizeBytes));
        await requireWitness(client);
        return servingPod(cluster, store.outputs, signal);
      },
      ({ podName, node }) => `${witness.sizeBytes / 1024} KiB written and read, served by ${podName} on ${node}`,
    );
    const volume = await cluster.volumeOf(store.outputs);
    if (volume === undefined) throw new ToolError(`claim ${store.outputs.persistentVolumeClaimName} is not bound`);
    const nodeFailure = await during(
      progress,
      `Node failure of ${before.node} under load`,
      (step) => failNode({ sandbox, cluster, store: store.outputs, client, serving: before, volume, step, signal }),
      ({ outage }) =>
        outage?.seconds === undefined ? "no recovery seen" : `client-seen outage ${secondsText(outage.seconds)}`,
    );
    const readBack = await during(
      progress,
      "Reading the object back",
      () => readWitness(client, cluster, store.outputs, before.node),
      ({ readThroughNode }) => `through ${readThroughNode ?? "no node"}`,
    );
    return { nodeFailure, readBack };
  } finally {
    client.close();
  }
}

async function requireWitness(client: ObjectClient): Promise<void> {
  if (!(await witnessIsWhole(client))) throw new ToolError(`object ${witness.key} differs from what was written`);
}

/** Returns false if the store does not respond either; the report interprets that. */
async function witnessIsWhole(client: ObjectClient): Promise<boolean> {
  const bytes = await client.get(witness.key).catch(() => undefined);
  return bytes !== undefined && contentOf(witness.key, witness.sizeBytes).equals(bytes);
}

/** Returns the only pod that the Service routes to. */
async function servingPod(cluster: ClusterView, store: StoreObjects, signal: AbortSignal): Promise<ReadyEndpoint> {
  for (const deadline = Date.now() + routeLimitMs; ;) {
    const [pod] = await cluster.endpointsOf(store);
    if (pod !== undefined) return pod;
    if (Date.now() > deadline) throw new ToolError(`Service ${store.serviceName} routes to no ready pod`);
    await sleep(pollMs, undefined, { signal });
  }
}

async function readWitness(
  client: ObjectClient,
  cluster: ClusterView,
  store: StoreObjects,
  writtenThroughNode: string,
): Promise<ReadBack> {
  const identical = await witnessIsWhole(client);
  const [pod] = await cluster.endpointsOf(store);
  return { key: witness.key, writtenThroughNode, readThroughNode: pod?.node, identical };
}
