import { setTimeout as sleep } from "node:timers/promises";

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
