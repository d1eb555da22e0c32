import { CoreV1Api } from "@kubernetes/client-node";
import type { Cluster } from "../../cluster/connection";
import { ToolError } from "../../errors";
import { reasonOf } from "../../diagnosis/no-cluster";
import { retried } from "../../waiting";
import { scaleBack, scaledToZero, undoCommand } from "../scale/scale-to-zero";
import { cordonMarkOf, uncordon } from "../../cluster/cordon";

/** What a move had changed, and is again as it was. */
export interface PutBack {
  /** The store that was moved, as `namespace/name`. */
  store: string;
  /** The node that takes pods again; undefined where it is the store's Deployment that is no longer at 0 replicas. */
  node?: string;
}

/** What `longhorn-s3 move --undo --json` prints. */
export interface UndoReport {
  /** It rises when a field is taken away or changes its meaning. */
  moveVersion: 1;
  putBack: readonly PutBack[];
}
/**
 * Uncordons every node that `move` has cordoned, and scales back what it has scaled to zero, for one store or for all; tries for half
 * a minute where the cluster does not answer.
 *
 * @throws ToolError that says how to do it later
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
    `What was changed for the move could not be put back: ${reasonOf(cause)}. As soon as the cluster answers: ${undoCommand(reachedBy)}`,
    undefined,
    { cause },
  );
}
