import { setTimeout as sleep } from "node:timers/promises";
import { throwIfInterrupted } from "./errors";

/** Error if something did not happen in time. */
export class NoAnswer extends Error {
  constructor(seconds: number) {
    super(`no answer within ${seconds} s`);
    this.name = "NoAnswer";
  }
}

/**
 * Waits for `work`, up to `seconds`.
 *
 * @param signal ends the wait when aborted
 * @throws NoAnswer if `work` has not finished by then
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

/** Duration of the retries and the pause between two attempts, in milliseconds. */
export interface Patience {
  forMs: number;
  pauseMs: number;
}

const halfAMinute: Patience = { forMs: 30_000, pauseMs: 3000 };

/**
 * Retries `work` while the cluster is temporarily unavailable, for half a minute by default. Throws the error of the
 * last attempt.
 */
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

/** Waits. ⏎ ⏎ @throws CancelledError as soon as `signal` is aborted */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  throwIfInterrupted(signal);
  await sleep(milliseconds, undefined, { signal }).catch(() => throwIfInterrupted(signal));
}
