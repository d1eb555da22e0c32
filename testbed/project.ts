import { mkdirSync, readdirSync, symlinkSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { repositoryDirectory } from "../tool/repository";

/** Links the packages of a project as `npm install` would, with this repository as the package. */
export function linkPackages(project: string): void {
  const packages = join(project, "node_modules");
  mkdirSync(packages, { recursive: true });
  for (const name of readdirSync(join(repositoryDirectory, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(join(repositoryDirectory, "node_modules", name), join(packages, name));
  }
  symlinkSync(repositoryDirectory, join(packages, "longhorn-s3"));
}

/** Returns the repository's `Pulumi.yaml` for a project in another folder, which runs the same program. */
export function projectFile(): string {
  const project = parse(readFileSync(join(repositoryDirectory, "Pulumi.yaml"), "utf8")) as { main: string };
  return stringify({ ...project, main: join(repositoryDirectory, project.main) });
}
