import { setTimeout as sleep } from "node:timers/promises";

/** Returns the first defined result of `look`. Fails with `what` after `limitSeconds`. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>, limitSeconds = 120): Promise<T> {
  for (const deadline = Date.now() + limitSeconds * 1000; ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${what} did not happen within ${limitSeconds} s`);
    await sleep(200);
  }
}
