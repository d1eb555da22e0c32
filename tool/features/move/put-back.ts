import { CoreV1Api } from "@kubernetes/client-node";
import type { Cluster } from "../../cluster/connection";
import { ToolError } from "../../errors";
import { reasonOf } from "../../diagnosis/unreachable-cluster";
import { retried } from "../../waiting";
import { scaleBack, scaledToZero, undoCommand } from "../scale/scale-to-zero";
import { cordonMarkOf, uncordon } from "../../cluster/cordon";

/** Change of a move that was reverted. */
export interface PutBack {
  /** Store that was moved, as `namespace/name`. */
  store: string;
  /** Node that was uncordoned; undefined if the store's Deployment was scaled up from 0 replicas. */
  node?: string;
}

/** Result of `longhorn-s3 move --undo --json`. */
export interface UndoReport {
  /** Increases when a field is removed or changes its meaning. */
  moveVersion: 1;
  putBack: readonly PutBack[];
}
/**
 * Uncordons every node that `move` has cordoned, and scales up every Deployment that it has scaled to zero, for one store or
 * for all. Retries for half a minute if the cluster is unavailable.
 *
 * @throws ToolError with the command for a later attempt
 */
export async function putBackMoves({ config, reachedBy }: Cluster, store?: string): Promise<PutBack[]> {
  const core = config.makeApiClient(CoreV1Api);
  const done: PutBack[] = [];
  try {
    await retried(async () => {
      for (const { node, store: marked } of await cordoned(core, store)) {
        if (await uncordon(core, node)) done.push({ store: marked, node });
      }
      for (const gateway of await scaledToZero(config)) {
        const marked = `${gateway.namespace}/${gateway.name}`;
        if ((store ?? marked) === marked && (await scaleBack(config, gateway))) done.push({ store: marked });
      }
    });
    return done;
  } catch (cause) {
    throw notPutBack(cause, reachedBy);
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

function notPutBack(cause: unknown, reachedBy: readonly string[]): ToolError {
  return new ToolError(
    `The changes of the move could not be reverted: ${reasonOf(cause)}. When the cluster is available again: ${undoCommand(reachedBy)}`,
    undefined,
    { cause },
  );
}
