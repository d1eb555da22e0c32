import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { repositoryDirectory } from "../tool/repository";

/** Returns the repository's `Pulumi.yaml` for a project in another folder, which runs the same program. */
export function projectFile(): string {
  const project = parse(readFileSync(join(repositoryDirectory, "Pulumi.yaml"), "utf8")) as { main: string };
  return stringify({ ...project, main: join(repositoryDirectory, project.main) });
}
