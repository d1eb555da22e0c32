import { join } from "node:path";
import { repositoryDirectory } from "../tool/repository";
import { BenchError } from "./errors";
import { preloaded } from "./preloaded";

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
  const program = join(repositoryDirectory, "stacks", "main.js");
  const [start] = await preloaded<ProgramStart>("program-start.cjs", (environment) =>
    run({ ...environment, PROGRAM: program }),
  );
  if (start === undefined) throw new BenchError("The program was not started.");
  return start;
}
