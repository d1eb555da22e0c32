import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { open, readdir, rename, rm } from "node:fs/promises";
import * as path from "node:path";

/** Prefix of the names of incomplete files. */
const unfinished = ".unfinished-";

/** Milliseconds after which an incomplete file counts as a leftover of a killed process. */
const leftBehindAfter = 2 * 3600 * 1000;

let count = 0;

/**
 * Creates a file or folder atomically: `make` writes it under another name in the same folder, then it is flushed to
 * disk and renamed.
 */
export async function makeWhole(file: string, make: (temporary: string) => Promise<void>): Promise<void> {
  const directory = path.dirname(file);
  mkdirSync(directory, { recursive: true });
  removeLeftBehind(directory);
  const temporary = path.join(directory, `${unfinished}${process.pid}-${count++}-${path.basename(file)}`);
  try {
    await make(temporary);
    await flushAll(temporary);
    await rename(temporary, file);
    await flush(directory);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function flushAll(entry: string): Promise<void> {
  if (statSync(entry).isDirectory()) {
    for (const child of await readdir(entry, { withFileTypes: true })) {
      if (child.isFile() || child.isDirectory()) await flushAll(path.join(entry, child.name));
    }
  }
  await flush(entry);
}

async function flush(entry: string): Promise<void> {
  const handle = await open(entry, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function removeLeftBehind(directory: string): void {
  for (const name of readdirSync(directory).filter((entry) => entry.startsWith(unfinished))) {
    const entry = path.join(directory, name);
    const modified = statSync(entry, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - modified > leftBehindAfter) rmSync(entry, { recursive: true, force: true });
  }
}
