import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
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
