import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs a command in which each Node.js process loads a script first. Returns the data that the scripts write as JSON
 * into the folder in `NOTES`.
 */
export async function preloaded<Note>(
  script: string,
  run: (environment: Record<string, string>) => Promise<unknown>,
): Promise<Note[]> {
  const directory = mkdtempSync(join(tmpdir(), "longhorn-s3-notes-"));
  try {
    await run({ NODE_OPTIONS: `--require=${join(__dirname, script)}`, NOTES: directory });
    return readdirSync(directory).map((file) => JSON.parse(readFileSync(join(directory, file), "utf8")) as Note);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
