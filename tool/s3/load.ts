import { setTimeout as sleep } from "node:timers/promises";
import { attempt, type Attempt } from "./attempt";
import type { ObjectClient } from "./client";
import { contentOf } from "./content";
import type { Ledger } from "./ledger";

export interface LoadOptions {
  client: Pick<ObjectClient, "put">;
  ledger: Pick<Ledger, "append">;
  /** First part of every key; what tells this load's objects from others. */
  keyPrefix: string;
  /** @default 10 */
  requestsPerSecond?: number;
  /** @default 4096 */
  objectSizeBytes?: number;
  /** Called with each request's end. */
  onAttempt?: (attempt: Attempt) => void;
}

/** A running load. */
export interface Load {
  /** The requests that have ended, in the order of their end. */
  readonly attempts: readonly Attempt[];
  /** Sends no more, waits for those under way, and returns all. */
  stop(): Promise<readonly Attempt[]>;
}

/** PUTs one new object after the other at a fixed rate, whatever the answers. */
export function startLoad(options: LoadOptions): Load {
  const { requestsPerSecond = 10, objectSizeBytes = 4096 } = options;
  const attempts: Attempt[] = [];
  const loop = openLoop(requestsPerSecond, async (number) => {
    const key = `${options.keyPrefix}${String(number).padStart(6, "0")}`;
    const body = contentOf(key, objectSizeBytes);
    const put = await attempt("PUT", key, () => options.client.put(key, body));
    if (put.ok) options.ledger.append({ key, sentAt: put.sentAt, acknowledgedAt: put.endedAt });
    attempts.push(put);
    options.onAttempt?.(put);
  });
  return {
    attempts,
    async stop() {
      await loop.stop();
      await loop.settled();
      return attempts;
    },
  };
}

/** Something that is sent again and again. */
interface OpenLoop {
  /** How many have no end yet. */
  readonly underWay: number;
  /** Sends no more. */
  stop(): Promise<void>;
  /**
   * Waits for those under way; call `stop` before.
   *
   * @throws what the first of all threw that has failed
   */
  settled(): Promise<void>;
}

/**
 * Sends at a fixed rate that does not depend on the answers: whoever answers late is seen as late, not as asked less often.
 *
 * @param send the n-th one
 */
export function openLoop(perSecond: number, send: (number: number) => Promise<void>): OpenLoop {
  const underWay = new Set<Promise<void>>();
  const stopped = new AbortController();
  const begin = Date.now();
  const failures: unknown[] = [];
  const sendAll = async (): Promise<void> => {
    for (let number = 0; !stopped.signal.aborted; number++) {
      const one = send(number)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => underWay.delete(one));
      underWay.add(one);
      const next = begin + ((number + 1) * 1000) / perSecond;
      await sleep(Math.max(0, next - Date.now()), undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  };
  const sending = sendAll();
  return {
    get underWay() {
      return underWay.size;
    },
    async stop() {
      stopped.abort();
      await sending;
    },
    async settled() {
      await Promise.all(underWay);
      if (failures.length > 0) throw failures[0];
    },
  };
}
