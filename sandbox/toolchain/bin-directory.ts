import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import * as path from "node:path";
import { makeWhole } from "./whole-file";

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
