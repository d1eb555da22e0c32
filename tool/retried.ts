import { setTimeout as sleep } from "node:timers/promises";

/** How often something is tried, and how long between two tries. */
export interface Tries {
  tries: number;
  pauseMs: number;
}

const halfAMinute: Tries = { tries: 10, pauseMs: 3000 };

/**
 * Does what has to be done although the cluster may not answer for a moment: tries again, by default for half a minute, and fails as the last
 * try did.
 */
export async function retried<T>(work: () => Promise<T>, { tries, pauseMs } = halfAMinute): Promise<T> {
  for (let left = tries; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left <= 1) throw error;
      await sleep(pauseMs);
    }
  }
}
