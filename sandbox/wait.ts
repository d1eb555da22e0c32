import { setTimeout as sleep } from "node:timers/promises";
import { SandboxError } from "./errors";

export interface WaitOptions {
  /** Log that the error refers to. */
  log: string;
  /** @default 90 */
  limitSeconds?: number;
  signal?: AbortSignal;
}

const lookEveryMs = 100;

/**
 * Resolves when `happened` returns true.
 *
 * @param what condition, such as "the API server to answer"
 * @throws SandboxError on timeout; the signal's reason when aborted
 */
export async function waitFor(what: string, happened: () => Promise<boolean>, options: WaitOptions): Promise<void> {
  const { limitSeconds = 90, log, signal } = options;
  for (const deadline = Date.now() + limitSeconds * 1000; !(await happened());) {
    signal?.throwIfAborted();
    if (Date.now() > deadline)
      throw new SandboxError(`Timed out after ${limitSeconds} s waiting for ${what}: see ${log}.`);
    await sleep(lookEveryMs, undefined, { signal });
  }
  signal?.throwIfAborted();
}
