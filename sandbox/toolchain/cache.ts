import { constants, accessSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { ToolchainError, cacheIsNotWritable } from "./errors";

/** Milliseconds after which what nobody has used is removed from the cache. */
const unusedFor = 30 * 24 * 3600 * 1000;

/** `$XDG_CACHE_HOME/longhorn-s3`, by default `~/.cache/longhorn-s3`. */
export function cacheDirectory(env: NodeJS.ProcessEnv): string {
  const base = env["XDG_CACHE_HOME"];
  return path.join(base !== undefined && path.isAbsolute(base) ? base : path.join(homedir(), ".cache"), "longhorn-s3");
}

/**
 * Makes the cache's folder.
 * @throws ToolchainError where it cannot be written
 */
export function prepareCache(cache: string): void {
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
  } catch (error) {
    throw new ToolchainError(cacheIsNotWritable(cache, (error as NodeJS.ErrnoException).code), { cause: error });
  }
}

/** Notes that a folder of the cache is in use, so that it is kept. */
export function markUsed(directory: string): void {
  const now = new Date();
  utimesSync(directory, now, now);
}

/** Removes the folders of earlier versions that nobody has used for 30 days. */
export function removeUnused(cache: string, now = Date.now()): void {
  for (const name of readdirSync(cache).filter((entry) => /-[0-9a-f]{16}$/.test(entry))) {
    const entry = path.join(cache, name);
    const used = statSync(entry, { throwIfNoEntry: false })?.mtimeMs ?? now; // another process may be removing it
    if (now - used > unusedFor) rmSync(entry, { recursive: true, force: true });
  }
}
