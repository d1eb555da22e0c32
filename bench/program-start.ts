import { join } from "node:path";
import { repositoryDirectory } from "../tool/repository";
import { BenchError } from "./benchmark";
import { preloaded } from "./preloaded";

/** Startup times of a Pulumi program, until it only waits for the engine. */
export interface ProgramStart {
  /** Seconds from the first line until all resources were registered. */
  program: number;
  /** Part of these seconds in which the Pulumi SDK was loaded. */
  sdk: number;
}

/** Runs a command that starts the repository's program, and returns the startup times. */
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
