import { setTimeout as sleep } from "node:timers/promises";
import { throwIfInterrupted } from "./errors";

/**
 * Lets time pass.
 *
 * @throws CancelledError as soon as `signal` is aborted
 */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  throwIfInterrupted(signal);
  await sleep(milliseconds, undefined, { signal }).catch(() => throwIfInterrupted(signal));
}
