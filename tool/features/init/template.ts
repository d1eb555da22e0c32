import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryDirectory } from "../../repository";
import type { Files } from "./render";

/** Template folder, which `pulumi new` accepts too. */
export const templateDirectory = join(repositoryDirectory, "template");

export function readTemplate(): Files {
  return Object.fromEntries(
    readdirSync(templateDirectory, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [nameInProject(name), readFileSync(join(templateDirectory, name), "utf8")]),
  );
}

/**
 * Returns the name of a file in the project. npm does not pack `.gitignore`, so that the published package has it without the
 * dot.
 */
function nameInProject(name: string): string {
  return name === "gitignore" ? ".gitignore" : name;
}

/**
 * Returns the path of the component package bundled with the command, a tarball as created by `npm pack`.
 *
 * @throws Error if the command has not been built
 */
export function carriedPackage(): string {
  const folder = join(repositoryDirectory, "dist");
  const name = readdirSync(folder).find((file) => /^longhorn-s3-.*\.tgz$/.test(file));
  if (name === undefined) throw new Error(`${folder} does not contain the components' package: run npm run build`);
  return join(folder, name);
}
