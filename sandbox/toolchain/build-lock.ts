import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds between two signs of life of the process that holds the lock. */
const beat = 2_000;

/** Milliseconds without a sign of life after which a lock counts as left behind. */
const leftBehindAfter = 15_000;

/** How long to wait for another process that builds. */
export interface WaitOptions {
  /** Ends the wait. */
  signal?: AbortSignal;
  /** Called once where another process holds the lock. */
  onWait?: () => void;
}

/**
 * Runs `work` while no other process on this machine does, so that two of them do not build the same thing twice. It is
 * a courtesy: what is built appears whole even where the lock was taken from a process that only slept.
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
    // Taken over after a long sleep: the new holder keeps it alive.
  }
}
