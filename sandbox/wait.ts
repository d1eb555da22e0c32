import { setTimeout as sleep } from "node:timers/promises";
import { SandboxError } from "./errors";

export interface WaitOptions {
  /** Where to look when it does not happen: part of the message. */
  log: string;
  /** @default 90 */
  limitSeconds?: number;
  signal?: AbortSignal;
}

const lookEveryMs = 100;

/**
 * Returns when `happened` answers true.
 * @param what such as "the API server to answer"
 * @throws SandboxError when it has not within the limit; the signal's reason when aborted
 */
export async function waitFor(what: string, happened: () => Promise<boolean>, options: WaitOptions): Promise<void> {
  const { limitSeconds = 90, log, signal } = options;
  for (const deadline = Date.now() + limitSeconds * 1000; !(await happened());) {
    signal?.throwIfAborted();
    if (Date.now() > deadline) throw new SandboxError(`Waited ${limitSeconds} s for ${what} in vain: see ${log}.`);
    await sleep(lookEveryMs, undefined, { signal });
  }
  signal?.throwIfAborted();
}
