import { setTimeout as sleep } from "node:timers/promises";

/** Thrown where something has not come to anything in time. */
export class NoAnswer extends Error {
  constructor(seconds: number) {
    super(`no answer within ${seconds} s`);
    this.name = "NoAnswer";
  }
}

/**
 * What `work` comes to.
 *
 * @throws NoAnswer where it has not come to anything within `seconds`
 */
export async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = sleep(seconds * 1000, undefined, { signal: over.signal }).then(() => {
    throw new NoAnswer(seconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
    late.catch(() => undefined);
  }
}
