import { setTimeout as sleep } from "node:timers/promises";
import { throwIfInterrupted } from "./errors";

/** Thrown where something has not come to anything in time. */
export class NoAnswer extends Error {
  constructor(seconds: number) {
    super(`no answer within ${seconds} s`);
    this.name = "NoAnswer";
  }
}

/**
 * Waits for `work`, but no longer than `seconds`.
 *
 * @param signal ends the wait when it is aborted
 * @throws NoAnswer if `work` has not come to an end by then
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

/** For how long something is tried, and how long between two tries, in milliseconds. */
export interface Patience {
  forMs: number;
  pauseMs: number;
}

const halfAMinute: Patience = { forMs: 30_000, pauseMs: 3000 };

/**
 * Does what has to be done although the cluster may not answer for a moment: tries again, by default for half a minute, and fails as the last
 * try did.
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

/**
 * Lets time pass.
 *
 * @throws CancelledError as soon as `signal` is aborted
 */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  throwIfInterrupted(signal);
  await sleep(milliseconds, undefined, { signal }).catch(() => throwIfInterrupted(signal));
}
