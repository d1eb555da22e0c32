import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { selectorLabels } from "../../components/gateway/selector-labels";
import { deletePod, hasEnded, isReady, unlessAbsent } from "../cluster/kubernetes";
import type { Sandbox } from "../../sandbox";
import { fenceMarkOf } from "../features/fence/mark";
import { readSilence } from "../features/fence/silence";
import { unfenceNode } from "../features/fence/unfence";
import { cordonMarkOf, uncordon } from "../cluster/cordon";
import { isDrillPod } from "./faults/drill-pod";
import { silent } from "../terminal/progress";
import { scaleBack } from "../features/scale/scale-to-zero";
import { retried } from "../waiting";

/** Step that reverts a change of a drill. It is recorded in the cluster before the change is made. */
export type UndoStep =
  | { undo: "uncordon"; node: string; store: string }
  | { undo: "unfence"; node: string; store: string }
  | { undo: "scale-back"; namespace: string; name: string }
  | { undo: "delete-pod"; namespace: string; name: string }
  | { undo: "delete-ended-pods"; namespace: string; name: string }
  | { undo: "end-pressure"; node: string }
  | { undo: "start-node"; node: string }
  | { undo: "rejoin-node"; node: string }
  | { undo: "await-node"; node: string; since: string }
  | { undo: "remove-bucket"; bucket: string };

/** Clients and options of the steps. */
export interface UndoTools {
  config: KubeConfig;
  /** Sandbox whose nodes were powered off; absent on a real cluster. */
  sandbox?: Pick<Sandbox, "startNode" | "rejoinNode" | "endPressure" | "status">;
  removeBucket(bucket: string): Promise<void>;
  /** Time limit for a node that the operator must power on. */
  patienceSeconds: number;
}

/** Returns the step as an imperative sentence. */
export function undoText(step: UndoStep): string {
  switch (step.undo) {
    case "uncordon":
      return `kubectl uncordon ${step.node}`;
    case "unfence":
      return `unfence node ${step.node}`;
    case "scale-back":
      return `kubectl scale deployment -n ${step.namespace} ${step.name} --replicas 1`;
    case "delete-pod":
      return `kubectl delete pod -n ${step.namespace} ${step.name}`;
    case "delete-ended-pods":
      return `delete the ended pods of store ${step.namespace}/${step.name}`;
    case "end-pressure":
      return `end the pressure on node ${step.node}`;
    case "start-node":
      return `start node ${step.node}`;
    case "rejoin-node":
      return `reconnect node ${step.node}`;
    case "await-node":
      return `power on node ${step.node}, and wait until it is ready`;
    case "remove-bucket":
      return `remove bucket ${step.bucket}`;
  }
}

/** Returns whether the step deletes the bucket, which stays until the end of the drill. */
export function isBucket({ undo }: UndoStep): boolean {
  return undo === "remove-bucket";
}

/** Runs a step. A step that was run already, or whose object does not exist, does nothing. */
export async function undo(step: UndoStep, tools: UndoTools): Promise<void> {
  const { config, sandbox } = tools;
  const core = config.makeApiClient(CoreV1Api);
  switch (step.undo) {
    case "uncordon":
      // A node that was cordoned for something else has no mark of this store.
      if (cordonMarkOf(await core.readNode({ name: step.node }))?.store === step.store) await uncordon(core, step.node);
      return;
    case "unfence":
      return unfenceWhenClean(tools, step);
    case "scale-back":
      await scaleBack(config, step);
      return;
    case "delete-pod":
      return deleteDrillPod(core, step);
    case "delete-ended-pods":
      return deleteEndedPods(core, step);
    case "end-pressure":
      return endPressure(tools, step.node);
    case "start-node":
      if ((await stateOf(step.node, sandbox)) === "exited") await sandbox?.startNode(step.node);
      return;
    case "rejoin-node":
      if ((await stateOf(step.node, sandbox)) === "stopped") await sandbox?.rejoinNode(step.node);
      return;
    case "await-node":
      return isBack(tools, step);
    case "remove-bucket":
      return tools.removeBucket(step.bucket);
  }
}

/** Deletes a pod that a drill has created, and no other of that name. */
export async function deleteDrillPod(
  core: CoreV1Api,
  { namespace, name }: UndoStep & { undo: "delete-pod" },
): Promise<void> {
  const pod = await unlessAbsent(core.readNamespacedPod({ namespace, name }));
  const uid = pod?.metadata?.uid;
  if (pod !== undefined && uid !== undefined && isDrillPod(pod)) await deletePod(core, { namespace, name, uid }, 0);
}

/**
 * Deletes the ended pods of a store's gateway. The phase of a pod that a kubelet evicted is not always Failed: if its process
 * exits with code 0 in time, it is Succeeded.
 */
async function deleteEndedPods(
  core: CoreV1Api,
  { namespace, name: store }: UndoStep & { undo: "delete-ended-pods" },
): Promise<void> {
  const labels = Object.entries(selectorLabels(store)).map(([key, value]) => `${key}=${value}`);
  const { items } = await core.listNamespacedPod({ namespace, labelSelector: labels.join() });
  for (const { metadata: { name = "", uid = "" } = {} } of items.filter(hasEnded)) {
    await deletePod(core, { namespace, name, uid }, 0);
  }
}

/** Time limit for the kubelet and Kubernetes to report that the pressure on a node has ended. */
const pressurePatienceMs = 2 * 60_000;

/** Ends the simulated pressure, and returns when the node accepts pods again. */
async function endPressure({ config, sandbox }: UndoTools, name: string): Promise<void> {
  if (sandbox === undefined) throw ofSandbox(name);
  await sandbox.endPressure(name);
  const core = config.makeApiClient(CoreV1Api);
  const relieved = async (): Promise<void> => {
    const { spec } = await core.readNode({ name });
    const taint = spec?.taints?.find(({ key }) => key.endsWith("-pressure"));
    if (taint !== undefined) throw new Error(`it still has the taint ${taint.key}`);
  };
  await retried(relieved, { forMs: pressurePatienceMs, pauseMs: pollMs });
}

/** Time limit for the kubelet and the control plane to clean up the node after it is fenced. */
const cleanPatienceMs = 5 * 60_000;

/** Runs `longhorn-s3 unfence` until it is no longer refused. */
async function unfenceWhenClean(
  { config, sandbox }: UndoTools,
  { node: name, store }: UndoStep & { undo: "unfence" },
): Promise<void> {
  const node = await unlessAbsent(config.makeApiClient(CoreV1Api).readNode({ name }));
  // A taint of another tool has no mark, and a fence of other stores is not the drill's.
  if (node === undefined || fenceMarkOf(node)?.stores.includes(store) !== true) return;
  // A sandbox's node has just been started; for that of a cluster the step before has waited.
  const patienceMs = sandbox === undefined && !isReady(node) ? 0 : cleanPatienceMs;
  const { signal } = new AbortController();
  await retried(() => unfenceNode(config, { node: name, progress: silent, signal }), {
    forMs: patienceMs,
    pauseMs: pollMs,
  });
}

const pollMs = 2000;
/** Age of a heartbeat that shows that a node has returned. A node that has just failed may still look ready. */
const signAfterMs = 30_000;

/** Returns when the node has returned; rejects after the time limit. */
async function isBack(
  { config, patienceSeconds }: UndoTools,
  { node, since }: UndoStep & { undo: "await-node" },
): Promise<void> {
  for (const deadline = Date.now() + patienceSeconds * 1000; ;) {
    const silence = await readSilence(config, node);
    const sign = silence?.lastSignAt?.getTime() ?? 0;
    if (silence !== undefined && isReady(silence.node) && sign > Date.parse(since) + signAfterMs) return;
    if (Date.now() > deadline) throw new Error("it has not returned");
    await sleep(pollMs);
  }
}

function ofSandbox(node: string): Error {
  return new Error(`node ${node} belongs to a sandbox: set --directory`);
}

async function stateOf(node: string, sandbox: UndoTools["sandbox"]): Promise<string | undefined> {
  if (sandbox === undefined) throw ofSandbox(node);
  return (await sandbox.status()).processes.find(({ name }) => name === node)?.state;
}
