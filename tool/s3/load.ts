import { attempt, type Attempt } from "./attempt";
import type { ObjectClient } from "./client";
import { contentOf } from "./content";
import type { Ledger } from "./ledger";
import { openLoop } from "./open-loop";

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
