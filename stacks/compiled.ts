import { RunError } from "@pulumi/pulumi";
import { existsSync, readdirSync, statSync } from "node:fs";
import * as path from "node:path";

/**
 * Refuses to run a program that is compiled no longer as its sources are. Pulumi runs it compiled, from `dist/`: to translate it at each
 * start would take longer than all the rest of it.
 *
 * @param compiled a file that the compiler has written
 * @param project the folder of `Pulumi.yaml`; without `index.ts` it has no sources to compare with
 * @throws RunError with the command that compiles
 */
export function refuseStaleProgram(compiled: string, project: string): void {
  if (!existsSync(path.join(project, "index.ts"))) return;
  const since = modified(compiled);
  const changed = sourcesOf(project).find((file) => modified(path.join(project, file)) > since);
  if (changed === undefined) return;
  throw new RunError(
    `${changed} has been changed since the program was compiled: (cd ${JSON.stringify(project)} && npx tsc) compiles it.`,
  );
}

/** The sources as `npm run` looks at them (`bootstrap.mjs`). A folder is newer where a file in it came or went. */
function sourcesOf(project: string): string[] {
  const inFolders = ["components", "stacks"].flatMap((folder) =>
    readdirSync(path.join(project, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      path.join(folder, file),
    ),
  );
  return ["index.ts", "tsconfig.json", ...inFolders.filter((file) => !file.endsWith(".json"))];
}

const modified = (file: string): number => statSync(file).mtimeMs;

if (__filename.endsWith(".js")) refuseStaleProgram(__filename, path.resolve(__dirname, "../.."));
