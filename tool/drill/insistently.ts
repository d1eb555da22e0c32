import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 2_000;

/** Tries again what fails, for so long, and fails then as it failed last. */
export async function insistently(patienceMs: number, work: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + patienceMs; ;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(pollMs);
    }
  }
}
