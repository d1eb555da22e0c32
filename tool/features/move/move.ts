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
   * The node that it shall go to.
   * @default any other one that takes it
   */
  to?: string;
  /**
   * When it begins.
   * @default at once
   */
  at?: Date;
  /**
   * Seconds to wait until the store is ready on another node and its volume has left the old one.
   * @default 300
   */
  waitSeconds?: number;
  /**
   * The flags that lead a command to the cluster, for lines that somebody is to run.
   * @default none
   */
  reachedBy?: readonly string[];
  /** Asked once, with what it means, before waiting for `at`. */
  agree: (plan: MovePlan) => Promise<boolean>;
  progress: Progress;
  /** Ends it at any point; what was cordoned is put back all the same. */
  signal: AbortSignal;
}

/** What a move came to; the version rises when a field is taken away or changes its meaning. */
export interface MoveReport {
  moveVersion: 1;
  namespace: string;
  name: string;
  from: string;
  /** The node that it is on; undefined where it was not ready on another one within the time. */
  newNode?: string;
  /** When its pod was taken away, ISO 8601: the seconds count from here. Undefined where it was on the node asked for. */
  deletedAt?: string;
  /** Seconds until it was ready there and the volume had left the old node. */
  seconds?: number;
  stages: readonly MoveStage[];
  /** What was changed meanwhile, by this run or by one before that was killed, and is as it was again. */
  putBack: readonly PutBack[];
}

export const defaultMoveWaitSeconds = 300;
const pollMs = 100;

/**
 * Moves a store to another node while all is well, as before a maintenance: the old node takes no new pods until the store is on
 * another one.
 *
 * @throws ToolError where something speaks against it, or nobody agrees; nothing was changed then
 */
export async function moveStore(config: KubeConfig, store: StoreInCluster, options: MoveOptions): Promise<MoveReport> {
  const { to, at, reachedBy = [], agree, progress, signal } = options;
  const look = (): Promise<MovePlan> => planMove({ config, reachedBy }, store, to);
  const asked = await during(progress, `Look at ${store.namespace}/${store.name}`, look);
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
 * Looks at a store, and decides.
 *
 * @throws ToolError with everything that speaks against the move
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
      await during(progress, `Cordon ${plan.cordon.join(", ") || "nothing: it is already"}`, () =>
        cordonAll(config, plan, signal),
      );
      const begunAt = Date.now();
      await during(progress, `Take pod ${plan.podName} away`, () =>
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
      putBack = await during(progress, "Undo the changes", back, nodesText);
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

/** Undefined at `deadline`. */
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
      endpoint === undefined ? "not ready yet" : `ready on ${endpoint.node}, the volume is still attached to ${from}`,
    );
    await pause(pollMs, signal);
  }
}
