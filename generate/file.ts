import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { format, resolveConfig } from "prettier";

/** File that is generated from other files of the repository. */
export interface GeneratedFile {
  /** Path in the repository. */
  path: string;
  text: string;
}

export const repositoryDirectory = join(__dirname, "..");

/** Writes stale files and returns their paths. */
export async function writeStale(files: readonly GeneratedFile[]): Promise<string[]> {
  const stale = await staleFiles(files);
  for (const { path, text } of stale) writeFileSync(join(repositoryDirectory, path), text);
  return stale.map(({ path }) => path);
}

/** Returns the stale files with their new content. */
export async function staleFiles(files: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  const whole = await Promise.all(files.map(formatted));
  return whole.filter(({ path, text }) => current(path) !== text);
}

async function formatted({ path, text }: GeneratedFile): Promise<GeneratedFile> {
  if (path.endsWith(".svg")) return { path, text };
  const filepath = join(repositoryDirectory, path);
  return {
    path: relative(repositoryDirectory, filepath),
    text: await format(text, { ...(await resolveConfig(filepath)), filepath }),
  };
}

function current(path: string): string | undefined {
  try {
    return readFileSync(join(repositoryDirectory, path), "utf8");
  } catch {
    return undefined;
  }
}
