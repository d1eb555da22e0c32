import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { ToolError } from "../exit-codes";
import { cordonMarkOf, uncordon } from "./cordon";

/** A node that takes pods again. */
export interface PutBack {
  node: string;
  /** The store for which it had been cordoned, as `namespace/name`. */
  store: string;
}

const tries = 10;
const betweenMs = 3000;

/**
 * Uncordons every node that `move` has cordoned, for one store or for all; tries for half a minute where the cluster does not answer.
 *
 * @throws ToolError that says how to do it later
 */
export async function putBackCordons(config: KubeConfig, store?: string): Promise<PutBack[]> {
  const core = config.makeApiClient(CoreV1Api);
  const done = new Map<string, PutBack>();
  for (let left = tries; ; left -= 1) {
    try {
      for (const { node, store: marked } of await cordoned(core, store)) {
        if (await uncordon(core, node)) done.set(node, { node, store: marked });
      }
      return [...done.values()];
    } catch (cause) {
      if (left <= 1) throw notPutBack(cause);
      await sleep(betweenMs);
    }
  }
}

async function cordoned(core: CoreV1Api, store: string | undefined): Promise<PutBack[]> {
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
    `What was cordoned for the move could not be put back: ${reason}. As soon as the cluster answers: longhorn-s3 move --undo`,
    undefined,
    { cause },
  );
}
