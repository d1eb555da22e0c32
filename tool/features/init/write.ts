import { constants, copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Files } from "./render";

/** Returns the content of a folder: empty if it does not exist, undefined if it is a file. */
export function entriesOf(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** Writes the files to the folder. A file that was created in the meantime is not overwritten. */
export function writeFiles(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text, { flag: "wx" });
}

/** Copies `file` to `path` in the folder. An existing file is not overwritten. */
export function copyInto(folder: string, path: string, file: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  copyFileSync(file, join(folder, path), constants.COPYFILE_EXCL);
}
