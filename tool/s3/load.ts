import { setTimeout as sleep } from "node:timers/promises";
import { attempt, type Attempt } from "./attempt";
import type { ObjectClient } from "./client";
import { contentOf } from "./content";
import type { Ledger } from "./ledger";

export interface LoadOptions {
  client: Pick<ObjectClient, "put">;
  ledger: Pick<Ledger, "append">;
  /** Prefix of every key, which distinguishes this load's objects from others. */
  keyPrefix: string;
  /**
   * Requests per second.
   *
   * @default 10
   */
  requestsPerSecond?: number;
  /**
   * Size of an object in bytes.
   *
   * @default 4096
   */
  objectSizeBytes?: number;
  /** Called with each completed request. */
  onAttempt?: (attempt: Attempt) => void;
}

/** Running load. */
export interface Load {
  /** Completed requests, in the order of their completion. */
  readonly attempts: readonly Attempt[];
  /** Stops sending, waits for in-flight requests, and returns all attempts. */
  stop(): Promise<readonly Attempt[]>;
}

/** Uploads new objects at a fixed rate, regardless of the responses. */
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

/** Repeated sending at a fixed rate. */
interface OpenLoop {
  /** Number of running requests. */
  readonly underWay: number;
  /** Stops sending. */
  stop(): Promise<void>;
  /**
   * Waits for the running requests; call `stop` first.
   *
   * @throws the first error of any of them
   */
  settled(): Promise<void>;
}

/**
 * Sends at a fixed rate that does not depend on the responses, so that a slow response does not lower the rate.
 *
 * @param send sends the n-th one
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
