import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryDirectory } from "../tool/repository";
import { BenchError } from "./errors";

/** How long a program of Pulumi's took before it only waited for the engine. */
export interface ProgramStart {
  /** Seconds from its first line until all its resources were asked for. */
  program: number;
  /** Seconds of these in which Pulumi's SDK was loaded, as every program does. */
  sdk: number;
}

/** Runs something that starts the repository's own program, in the environment given, and tells how it started. */
export async function programStart(
  run: (environment: Record<string, string>) => Promise<unknown>,
): Promise<ProgramStart> {
  const directory = mkdtempSync(join(tmpdir(), "longhorn-s3-starts-"));
  try {
    await run({
      NODE_OPTIONS: `--require=${join(__dirname, "program-start.cjs")}`,
      PROGRAM: join(repositoryDirectory, "stacks", "main.js"),
      PROGRAM_STARTS: directory,
    });
    const [file] = readdirSync(directory);
    if (file === undefined) throw new BenchError("The program was not started.");
    return JSON.parse(readFileSync(join(directory, file), "utf8")) as ProgramStart;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
