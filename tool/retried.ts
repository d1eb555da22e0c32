import { setTimeout as sleep } from "node:timers/promises";

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
