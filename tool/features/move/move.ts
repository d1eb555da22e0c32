import { CoreV1Api, StorageV1Api, type KubeConfig } from "@kubernetes/client-node";
import type { Cluster } from "../../cluster/connection";
import { ExitCode, throwIfInterrupted, ToolError } from "../../errors";
import { MovingStore, type MoveStage } from "../fence/moving-store";
import { pause } from "../../waiting";
import { refuse } from "../fence/refusals";
import { during, type Progress, type Step } from "../../terminal/progress";
import { scaleBackWhenDetached, scaleToZero } from "../scale/scale-to-zero";
import type { StoreInCluster } from "../../cluster/store/store-in-cluster";
import { cordon } from "../../cluster/cordon";
import { decideMove, type MovePlan } from "./decide";
import { lookBeforeMove } from "./look";
import { putBackMoves, type PutBack } from "./put-back";
import { localTime, remainingText, timeZone } from "./start-time";

export interface MoveOptions {
  /**
   * Target node.
   *
   * @default any other suitable node
   */
  to?: string;
  /**
   * Start time.
   *
   * @default immediately
   */
  at?: Date;
  /**
   * Seconds to wait until the store is ready on another node and its volume is detached from the old one.
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
  /** Asked once, with the consequences, before waiting for `at`. */
  agree: (plan: MovePlan) => Promise<boolean>;
  progress: Progress;
  /** Stops the move at any point. Cordons are reverted in any case. */
  signal: AbortSignal;
}

/** Result of a move. The version increases when a field is removed or changes its meaning. */
export interface MoveReport {
  moveVersion: 1;
  namespace: string;
  name: string;
  from: string;
  /** Node of the new pod; undefined if it was not ready on another node within the time limit. */
  newNode?: string;
  /**
   * Deletion time of the old pod, ISO 8601. The seconds are relative to it. Undefined if the store was already on the
   * requested node.
   */
  deletedAt?: string;
  /** Seconds until the new pod was ready and the volume was detached from the old node. */
  seconds?: number;
  stages: readonly MoveStage[];
  /** Reverted changes, of this run or of an earlier one that was killed. */
  putBack: readonly PutBack[];
}

export const defaultMoveWaitSeconds = 300;
const pollMs = 100;

/**
 * Moves a healthy store to another node, as for maintenance. The old node is cordoned until the store is on the other one.
 *
 * @throws ToolError, before anything is changed, if the request is refused or not confirmed
 */
export async function moveStore(config: KubeConfig, store: StoreInCluster, options: MoveOptions): Promise<MoveReport> {
  const { to, at, reachedBy = [], agree, progress, signal } = options;
  const look = (): Promise<MovePlan> => planMove({ config, reachedBy }, store, to);
  const asked = await during(progress, `Check ${store.namespace}/${store.name}`, look);
  throwIfInterrupted(signal);
  if (!asked.there && !(await agree(asked))) {
    throw new ToolError(`Store ${asked.store} stays on ${asked.from}: nothing was changed.`, ExitCode.Refused);
  }
  if (at !== undefined && !asked.there) await waitUntil(at, progress, signal);
  // Things may have changed since it was asked.
  const plan = await look();
  throwIfInterrupted(signal);
  const earlier = await putBackMoves({ config, reachedBy }, plan.store);
  if (plan.there) return { ...about(store, plan), newNode: plan.from, stages: [], putBack: earlier };
  return moveAsPlanned(config, store, plan, earlier, options);
}

/**
 * Reads a store and plans its move.
 *
 * @throws ToolError with all refusals
 */
export async function planMove(cluster: Cluster, store: StoreInCluster, to?: string): Promise<MovePlan> {
  const before = await lookBeforeMove(cluster.config, store);
  const decision = decideMove({ ...before, reachedBy: cluster.reachedBy }, to);
  if ("plan" in decision) return decision.plan;
  refuse(`Store ${store.namespace}/${store.name} is not moved`, decision.refusals);
  throw new Error("a decision without a plan says why");
}

function about(
  store: StoreInCluster,
  { from }: MovePlan,
): Pick<MoveReport, "moveVersion" | "namespace" | "name" | "from"> {
  return { moveVersion: 1, namespace: store.namespace, name: store.name, from };
}

async function waitUntil(at: Date, progress: Progress, signal: AbortSignal): Promise<void> {
  await during(progress, `Wait until ${localTime(at)} (${timeZone()})`, async (step) => {
    for (let left = at.getTime() - Date.now(); left > 0; left = at.getTime() - Date.now()) {
      step.update(remainingText(left));
      await pause(Math.min(left, 1000), signal);
    }
  });
}

async function moveAsPlanned(
  config: KubeConfig,
  store: StoreInCluster,
  plan: MovePlan,
  earlier: readonly PutBack[],
  { waitSeconds = defaultMoveWaitSeconds, reachedBy = [], progress, signal }: MoveOptions,
): Promise<MoveReport> {
  const { from, podUid, volume } = plan;
  const moving = await MovingStore.open(config, { namespace: store.namespace, name: store.name, podUid, volume });
  let moved: Pick<MoveReport, "newNode" | "deletedAt" | "seconds" | "stages">;
  let putBack: PutBack[] = [];
  try {
    try {
      await during(progress, `Cordon ${plan.cordon.join(", ") || "nothing: already cordoned"}`, () =>
        cordonAll(config, plan, signal),
      );
      const begunAt = Date.now();
      await during(progress, `Delete pod ${plan.podName}`, () =>
        // With its own grace period: the gateway ends its requests.
        scaleToZero(config, store),
      );
      const arrived = await during(progress, `Wait for ${plan.store} on another node`, async (step) => {
        const deadline = begunAt + waitSeconds * 1000;
        const [seen] = await Promise.all([
          waitForMove(config, moving, plan, { deadline, step, signal }),
          scaleBackWhenDetached(config, store, volume, { deadline, signal }),
        ]);
        return seen;
      });
      moved = {
        ...(arrived && { newNode: arrived.node, seconds: (arrived.at - begunAt) / 1000 }),
        deletedAt: new Date(begunAt).toISOString(),
        stages: moving.stages(from, begunAt),
      };
    } finally {
      const back = (): Promise<PutBack[]> => putBackMoves({ config, reachedBy }, plan.store);
      putBack = await during(progress, "Revert changes", back, nodesText);
    }
  } finally {
    await moving.stop();
  }
  return { ...about(store, plan), ...moved, putBack: [...earlier, ...putBack] };
}

const nodesText = (putBack: readonly PutBack[]): string => putBack.map(({ node, store }) => node ?? store).join(", ");

async function cordonAll(config: KubeConfig, plan: MovePlan, signal: AbortSignal): Promise<void> {
  const core = config.makeApiClient(CoreV1Api);
  const at = new Date().toISOString();
  for (const node of plan.cordon) {
    throwIfInterrupted(signal);
    await cordon(core, node, { at, store: plan.store });
  }
  throwIfInterrupted(signal);
}

interface Arrived {
  node: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** Returns undefined at `deadline`. */
async function waitForMove(
  config: KubeConfig,
  moving: MovingStore,
  { from, volume }: MovePlan,
  { deadline, step, signal }: { deadline: number; step: Step; signal: AbortSignal },
): Promise<Arrived | undefined> {
  const storage = config.makeApiClient(StorageV1Api);
  for (;;) {
    const endpoint = await moving.readyElsewhere(from);
    if (endpoint !== undefined) {
      const { items } = await storage.listVolumeAttachment();
      const left = items.some(({ spec }) => spec.nodeName === from && spec.source.persistentVolumeName === volume);
      if (!left) return { node: endpoint.node, at: Date.now() };
    }
    if (Date.now() >= deadline) return undefined;
    step.update(
      endpoint === undefined ? "not ready yet" : `ready on ${endpoint.node}; the volume is still attached to ${from}`,
    );
    await pause(pollMs, signal);
  }
}
