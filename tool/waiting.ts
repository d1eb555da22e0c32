import { setTimeout as sleep } from "node:timers/promises";
import { throwIfInterrupted } from "./errors";

/** Thrown when a time limit is exceeded. */
export class NoAnswer extends Error {
  constructor(seconds: number) {
    super(`no answer within ${seconds} s`);
    this.name = "NoAnswer";
  }
}

/**
 * Waits for `work` for at most `seconds`.
 *
 * @param signal cancels the wait
 * @throws NoAnswer if `work` has not completed by then
 */
export async function within<T>(seconds: number, work: Promise<T>, signal?: AbortSignal): Promise<T> {
  const over = new AbortController();
  const ends = AbortSignal.any([over.signal, ...(signal === undefined ? [] : [signal])]);
  const late = sleep(seconds * 1000, undefined, { signal: ends }).then(() => {
    throw new NoAnswer(seconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
    late.catch(() => undefined);
  }
}

/** Duration of the retries, and the pause between two of them, in milliseconds. */
export interface Patience {
  forMs: number;
  pauseMs: number;
}

const halfAMinute: Patience = { forMs: 30_000, pauseMs: 3000 };

/** Retries work on a cluster that may be briefly unavailable, by default for half a minute, and fails with the last error. */
export async function retried<T>(work: () => Promise<T>, { forMs, pauseMs } = halfAMinute): Promise<T> {
  for (const deadline = Date.now() + forMs; ;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
      await sleep(pauseMs);
    }
  }
}

/**
 * Waits.
 *
 * @throws CancelledError when `signal` is aborted
 */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  throwIfInterrupted(signal);
  await sleep(milliseconds, undefined, { signal }).catch(() => throwIfInterrupted(signal));
}
