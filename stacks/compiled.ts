import { RunError } from "@pulumi/pulumi";
import { existsSync, readdirSync, statSync } from "node:fs";
import * as path from "node:path";

/**
 * Refuses to run with components that are compiled no longer as their sources are. The program takes them from `dist/`, as everybody
 * does who installs the package: to translate them at each start would take longer than all the rest of the program.
 *
 * @param project the folder of `Pulumi.yaml`
 * @throws RunError with the command that compiles
 */
export function refuseStaleComponents(project: string): void {
  // Where the program itself is compiled, its components are as old as it is.
  if (__filename.endsWith(".js")) return;
  const compiled = path.join(project, "dist", "index.js");
  const command = `(cd ${JSON.stringify(project)} && npx tsc)`;
  if (!existsSync(compiled))
    throw new RunError(`The components are not compiled yet: npm install does it, or ${command}.`);
  const since = modified(compiled);
  const changed = sourcesOf(project).find((file) => modified(path.join(project, file)) > since);
  if (changed !== undefined) {
    throw new RunError(`${changed} has been changed since the components were compiled: ${command} compiles them.`);
  }
}

/** The sources as `npm run` looks at them (`bootstrap.mjs`), but for those of the program itself, which is run as it is. */
function sourcesOf(project: string): string[] {
  const components = readdirSync(path.join(project, "components"), { recursive: true, encoding: "utf8" });
  return ["index.ts", "tsconfig.json", ...components.map((file) => path.join("components", file))];
}

const modified = (file: string): number => statSync(file).mtimeMs;

refuseStaleComponents(path.resolve(__dirname, ".."));
