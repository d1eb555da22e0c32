import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { ToolError } from "../exit-codes";
import { scaleBack, scaledToZero } from "../scale/scale-to-zero";
import { cordonMarkOf, uncordon } from "./cordon";

/** What a move had changed, and is again as it was. */
export interface PutBack {
  /** The store that was moved, as `namespace/name`. */
  store: string;
  /** The node that takes pods again; undefined where it is the store's Deployment that is no longer at 0 replicas. */
  node?: string;
}

const tries = 10;
const betweenMs = 3000;

/**
 * Uncordons every node that `move` has cordoned, and scales back what it has scaled to zero, for one store or for all; tries for half
 * a minute where the cluster does not answer.
 *
 * @throws ToolError that says how to do it later
 */
export async function putBackMoves(config: KubeConfig, store?: string): Promise<PutBack[]> {
  const core = config.makeApiClient(CoreV1Api);
  const done: PutBack[] = [];
  for (let left = tries; ; left -= 1) {
    try {
      for (const { node, store: marked } of await cordoned(core, store)) {
        if (await uncordon(core, node)) done.push({ store: marked, node });
      }
      for (const gateway of await scaledToZero(config)) {
        const marked = `${gateway.namespace}/${gateway.name}`;
        if ((store ?? marked) === marked && (await scaleBack(config, gateway))) done.push({ store: marked });
      }
      return done;
    } catch (cause) {
      if (left <= 1) throw notPutBack(cause);
      await sleep(betweenMs);
    }
  }
}

async function cordoned(core: CoreV1Api, store: string | undefined): Promise<Required<PutBack>[]> {
  const { items } = await core.listNode();
  return items.flatMap((node) => {
    const mark = cordonMarkOf(node);
    if (mark === undefined || (store !== undefined && mark.store !== store)) return [];
    return [{ node: node.metadata?.name ?? "", store: mark.store }];
  });
}

function notPutBack(cause: unknown): ToolError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ToolError(
    `What was changed for the move could not be put back: ${reason}. As soon as the cluster answers: longhorn-s3 move --undo`,
    undefined,
    { cause },
  );
}
