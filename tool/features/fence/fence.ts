import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { changeNode } from "../../cluster/optimistic-patch";
import { deletePod, isReady, unlessAbsent } from "../../cluster/kubernetes";
import { ExitCode, throwIfInterrupted, ToolError } from "../../errors";
import { during, type Progress, type Step } from "../../terminal/progress";
import { isTerminating, type AffectedPod } from "./affected-pods";
import { outOfServiceTaint } from "../../../components/taints";
import { fenceAnnotation, isOutOfService } from "./mark";
import { MovingStore, type LeavingStore, type MoveStage } from "./moving-store";
import { pause } from "../../waiting";
import { planFence, type FencePlan } from "./plan";
import { refuse } from "./refusals";
import { scaleBackWhenDetached, scaleAllBack, scaleToZero } from "../scale/scale-to-zero";

export interface FenceOptions {
  node: string;
  /**
   * Minimum age of the node's lease by the API server's clock, in seconds.
   *
   * @default 60
   */
  silentForSeconds?: number;
  /**
   * Seconds to wait until all stores are ready on another node. With 0, the command does not wait and leaves the stores' pods
   * to Kubernetes, which takes longer.
   *
   * @default 300
   */
  waitSeconds?: number;
  /**
   * Flags that name the cluster, for printed commands.
   *
   * @default none
   */
  reachedBy?: readonly string[];
  /** Asked once, with the consequences. Confirms that the node is powered off. */
  vouch: (plan: FencePlan) => Promise<boolean>;
  progress: Progress;
  /** Stops the command at any point. Changes stay, another run continues from there, and `unfenceNode` reverts them. */
  signal: AbortSignal;
}

/** Result of a fence. The version increases when a field is removed or changes its meaning. */
export interface FenceReport {
  fenceVersion: 1;
  node: string;
  /** Start of this run, ISO 8601. The seconds below are relative to it. */
  fencedAt: string;
  /** Whether the taint was already set. */
  outOfServiceBefore: boolean;
  stores: readonly FencedStore[];
  /** Other pods with volumes, which Kubernetes deletes by itself. */
  leftToKubernetes: readonly Pick<AffectedPod, "namespace" | "name" | "volumes">[];
}

export interface FencedStore {
  namespace: string;
  name: string;
  /** Node on which it is ready; undefined if it was not within the time limit. */
  newNode?: string;
  /** Seconds until then. */
  seconds?: number;
  stages: readonly MoveStage[];
}

export const defaultSilentForSeconds = 60;
export const defaultWaitSeconds = 300;
const pollMs = 100;

/**
 * Takes a node out of service that an operator confirms to be powered off. Kubernetes deletes its pods and detaches their
 * volumes, and its gateways are deleted immediately. Can be run again and continues from there.
 *
 * @throws ToolError, before anything is changed, if the request is refused or not confirmed
 */
export async function fenceNode(config: KubeConfig, options: FenceOptions): Promise<FenceReport> {
  const { node, silentForSeconds = defaultSilentForSeconds, waitSeconds = defaultWaitSeconds } = options;
  const { reachedBy, vouch, progress, signal } = options;
  const look = (): Promise<FencePlan> => planFence(config, node, { silentForSeconds, reachedBy });
  const asked = await during(progress, `Check ${node}`, look);
  throwIfInterrupted(signal);
  if (!(await vouch(asked))) {
    throw new ToolError(`Node ${node} was not confirmed to be powered off. Nothing was changed.`, ExitCode.Refused);
  }
  // An answer can take long, and the node may have come back meanwhile.
  const plan = await look();
  const moving = await Promise.all(storesOf(plan).map((store) => MovingStore.open(config, store)));
  try {
    throwIfInterrupted(signal);
    const begunAt = Date.now();
    await during(progress, `Take ${node} out of service`, () =>
      takeOutOfService(config, plan, { scales: waitSeconds > 0, signal }),
    );
    const ready = await during(
      progress,
      "Wait for the stores on other nodes",
      async (step) => {
        const deadline = begunAt + waitSeconds * 1000;
        const [seen] = await Promise.all([
          readyElsewhere(moving, { node, deadline, step, signal }),
          ...moving.map(({ store }) => scaleBackWhenDetached(config, store, store.volume, { deadline, signal })),
        ]);
        return seen;
      },
      ({ size }) => `${size} of ${moving.length}`,
    );
    return {
      fenceVersion: 1,
      node,
      fencedAt: new Date(begunAt).toISOString(),
      outOfServiceBefore: plan.outOfService,
      stores: moving.map((one) => fencedStore(one, node, begunAt, ready.get(one))),
      leftToKubernetes: plan.others.map(({ namespace, name, volumes }) => ({ namespace, name, volumes })),
    };
  } finally {
    await Promise.all(moving.map((one) => one.stop()));
    await scaleAllBack(
      { config, reachedBy: reachedBy ?? [] },
      moving.map(({ store }) => store),
    );
  }
}

/** Returns the stores whose pods are on the node, and those of an earlier run. */
function storesOf({ gateways, mark }: FencePlan): LeavingStore[] {
  const here = gateways.map(({ namespace, store = "", uid, volumes: [volume] }) => ({
    ...{ namespace, name: store, podUid: uid, volume },
  }));
  const gone = mark.stores
    .map((text) => text.split("/"))
    .filter(([namespace, name]) => !here.some((store) => store.namespace === namespace && store.name === name))
    .map(([namespace = "", name = ""]) => ({ namespace, name }));
  return [...here, ...gone];
}

/**
 * Sets the taint first, because after an interruption Kubernetes then completes the work, only later.
 *
 * @param scales whether to scale the gateways' Deployments to zero; the caller scales them up again
 */
async function takeOutOfService(
  config: KubeConfig,
  plan: FencePlan,
  { scales, signal }: { scales: boolean; signal: AbortSignal },
): Promise<void> {
  const core = config.makeApiClient(CoreV1Api);
  await changeNode(core, plan.node, (node) => {
    if (isReady(node)) refuse(`Node ${plan.node} is not fenced`, [`The node has just become Ready.`]);
    const taints = node.spec?.taints ?? [];
    // Another actor has set the taint and must remove it, so the node gets no annotation.
    if (isOutOfService(node) && plan.begun === undefined) return undefined;
    return {
      annotations: { [fenceAnnotation]: JSON.stringify(plan.mark) },
      ...(!isOutOfService(node) && { taints: [...taints, outOfServiceTaint] }),
    };
  });
  await Promise.all(
    plan.gateways.map(async (pod) => {
      if (scales) {
        await scaleToZero(config, { namespace: pod.namespace, name: pod.store ?? "" });
        await terminating(core, pod, signal);
      }
      // Kubernetes' garbage collector would do it too, within 20 s.
      await deletePod(core, pod, 0);
    }),
  );
}

/** Time limit for the ReplicaSet controller, which takes some milliseconds. Afterwards the pod is deleted in any case. */
const terminatingLimitMs = 10_000;

/**
 * Returns when the ReplicaSet is deleting the pod. If the pod were removed earlier, the ReplicaSet would create a replacement
 * that requests the volume of the old node.
 */
export async function terminating(
  core: Pick<CoreV1Api, "readNamespacedPod">,
  { namespace, name, uid }: Pick<AffectedPod, "namespace" | "name" | "uid">,
  signal: AbortSignal,
): Promise<void> {
  for (const deadline = Date.now() + terminatingLimitMs; Date.now() < deadline;) {
    const pod = await unlessAbsent(core.readNamespacedPod({ namespace, name }));
    if (pod?.metadata?.uid !== uid || isTerminating(pod)) return;
    await pause(pollMs, signal);
  }
}

interface Ready {
  node: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** Returns when all are ready on a node other than `node`, or at `deadline` with those that are. */
async function readyElsewhere(
  moving: readonly MovingStore[],
  { node, deadline, step, signal }: { node: string; deadline: number; step: Step; signal: AbortSignal },
): Promise<Map<MovingStore, Ready>> {
  const ready = new Map<MovingStore, Ready>();
  for (;;) {
    await Promise.all(
      moving
        .filter((one) => !ready.has(one))
        .map(async (one) => {
          const endpoint = await one.readyElsewhere(node);
          if (endpoint !== undefined) ready.set(one, { node: endpoint.node, at: Date.now() });
        }),
    );
    if (ready.size === moving.length || Date.now() >= deadline) return ready;
    const waiting = moving.filter((one) => !ready.has(one)).map(({ store }) => `${store.namespace}/${store.name}`);
    step.update(waiting.join(", "));
    await pause(pollMs, signal);
  }
}

function fencedStore(moving: MovingStore, node: string, begunAt: number, ready: Ready | undefined): FencedStore {
  const { namespace, name } = moving.store;
  return {
    ...{ namespace, name },
    ...(ready && { newNode: ready.node, seconds: (ready.at - begunAt) / 1000 }),
    stages: moving.stages(node, begunAt),
  };
}
