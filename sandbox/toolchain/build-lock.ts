import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds between two heartbeats of the lock's holder. */
const beat = 2_000;

/** Milliseconds without a heartbeat after which a lock is stale. */
const leftBehindAfter = 15_000;

/** Options to wait for another process. */
export interface WaitOptions {
  /** Cancels the wait. */
  signal?: AbortSignal;
  /** Called once if another process holds the lock. */
  onWait?: () => void;
}

/**
 * Runs `work` while no other process on this machine does, to avoid duplicate builds. The lock is not required for
 * correctness: files appear atomically, even if the lock was taken from a suspended process.
 */
export async function withBuildLock<T>(file: string, options: WaitOptions, work: () => Promise<T>): Promise<T> {
  mkdirSync(path.dirname(file), { recursive: true });
  await take(file, options);
  const alive = setInterval(() => touch(file), beat);
  try {
    return await work();
  } finally {
    clearInterval(alive);
    rmSync(file, { force: true });
  }
}

async function take(file: string, { signal, onWait }: WaitOptions): Promise<void> {
  if (tryToTake(file)) return;
  onWait?.();
  while (!tryToTake(file)) await sleep(250, undefined, { signal });
}

function tryToTake(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > leftBehindAfter) rmSync(file, { force: true });
    return false;
  }
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Lost to another process after a long suspension; the new holder keeps its lock.
  }
}
