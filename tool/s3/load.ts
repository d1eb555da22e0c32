import { setTimeout as sleep } from "node:timers/promises";
import type { ObjectClient } from "./client";
import { contentOf } from "./content";
import type { Ledger } from "./ledger";
import type { Attempt } from "./outage";

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

/**
 * PUTs one new object after the other at a fixed rate that does not depend on the answers (an open loop): a store that
 * hangs is seen as failing requests, not as fewer requests.
 */
export function startLoad(options: LoadOptions): Load {
  const { requestsPerSecond = 10, objectSizeBytes = 4096 } = options;
  const attempts: Attempt[] = [];
  const underWay = new Set<Promise<void>>();
  const stopped = new AbortController();
  const begin = Date.now();

  const send = async (number: number): Promise<void> => {
    const key = `${options.keyPrefix}${String(number).padStart(6, "0")}`;
    const attempt = await putOnce(options.client, key, objectSizeBytes);
    if (attempt.ok) options.ledger.append({ key, sentAt: attempt.sentAt, acknowledgedAt: attempt.endedAt });
    attempts.push(attempt);
    options.onAttempt?.(attempt);
  };
  const sendAll = async (): Promise<void> => {
    for (let number = 0; !stopped.signal.aborted; number++) {
      const request = send(number).finally(() => underWay.delete(request));
      underWay.add(request);
      const next = begin + ((number + 1) * 1000) / requestsPerSecond;
      await sleep(Math.max(0, next - Date.now()), undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  };
  const sending = sendAll();
  return {
    attempts,
    async stop() {
      stopped.abort();
      await sending;
      await Promise.all(underWay);
      return attempts;
    },
  };
}

async function putOnce(client: Pick<ObjectClient, "put">, key: string, sizeBytes: number): Promise<Attempt> {
  const body = contentOf(key, sizeBytes);
  const sentAt = Date.now();
  try {
    await client.put(key, body);
    return { key, sentAt, endedAt: Date.now(), ok: true };
  } catch (error) {
    return { key, sentAt, endedAt: Date.now(), ok: false, error: kindOf(error) };
  }
}

/** The short name of what went wrong with a request. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
