import * as path from "node:path";
import {
  constants,
  accessSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  existsSync,
} from "node:fs";
import { homedir } from "node:os";
import { createHash } from "node:crypto";
import { mkdir, symlink } from "node:fs/promises";
import { ToolchainError, cacheIsNotSafe, cacheIsNotWritable } from "./errors";
import { makeWhole } from "./whole-file";

/** Milliseconds after which unused folders are removed from the cache. */
const unusedFor = 30 * 24 * 3600 * 1000;

const othersMayWrite = 0o002;
const sticky = 0o1000;

/** Returns `$XDG_CACHE_HOME/longhorn-s3`, by default `~/.cache/longhorn-s3`. */
export function cacheDirectory(env: NodeJS.ProcessEnv): string {
  const base = env["XDG_CACHE_HOME"];
  return path.join(base !== undefined && path.isAbsolute(base) ? base : path.join(homedir(), ".cache"), "longhorn-s3");
}

/**
 * Creates the cache's folder, accessible to its owner only.
 *
 * @throws ToolchainError if it cannot be written, or if other users could have put programs there
 */
export function prepareCache(cache: string): void {
  try {
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    accessSync(cache, constants.W_OK);
  } catch (error) {
    throw new ToolchainError(cacheIsNotWritable(cache, (error as NodeJS.ErrnoException).code), { cause: error });
  }
  const real = realpathSync(cache);
  const { uid } = statSync(real);
  if (uid !== process.getuid?.()) throw new ToolchainError(cacheIsNotSafe(cache, `belongs to user ${uid}`));
  for (let folder = real; ; folder = path.dirname(folder)) {
    const mode = statSync(folder).mode;
    // In a sticky folder such as /tmp, only its owner can replace an entry.
    const replaceable = (mode & othersMayWrite) !== 0 && (folder === real || (mode & sticky) === 0);
    if (replaceable) {
      const which = folder === real ? "is" : `is in ${folder}, which is`;
      throw new ToolchainError(cacheIsNotSafe(cache, `${which} writable by every user`));
    }
    if (folder === path.dirname(folder)) break;
  }
  chmodSync(real, 0o700);
}

/** Marks a folder of the cache as used, so that it is kept. */
export function markUsed(directory: string): void {
  const now = new Date();
  utimesSync(directory, now, now);
}

/** Removes the folders of earlier versions that were not used for 30 days. */
export function removeUnused(cache: string, now = Date.now()): void {
  for (const name of readdirSync(cache).filter((entry) => /-[0-9a-f]{16}$/.test(entry))) {
    const entry = path.join(cache, name);
    const used = statSync(entry, { throwIfNoEntry: false })?.mtimeMs ?? now; // another process may be removing it
    if (now - used > unusedFor) rmSync(entry, { recursive: true, force: true });
  }
}

/** A file with the name of its link. */
export interface Linked {
  name: string;
  /** Absolute path. */
  path: string;
}

/** Returns a folder of the cache, for PATH, with a link to each file. The folder depends on the files only. */
export async function binDirectory(files: readonly Linked[], cache: string): Promise<string> {
  const list = JSON.stringify(files.map((file) => [file.name, file.path]));
  const directory = path.join(cache, `bin-${createHash("sha256").update(list).digest("hex").slice(0, 16)}`);
  if (existsSync(directory)) return directory;
  try {
    await makeWhole(directory, (temporary) => link(files, temporary));
  } catch (error) {
    // Another process was faster.
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
  return directory;
}

async function link(files: readonly Linked[], directory: string): Promise<void> {
  await mkdir(directory);
  for (const file of files) await symlink(file.path, path.join(directory, file.name));
}
