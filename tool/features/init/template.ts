import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryDirectory } from "../../repository";
import type { Files } from "./render";

/** The folder that `pulumi new` takes as well. */
export const templateDirectory = join(repositoryDirectory, "template");

export function readTemplate(): Files {
  return Object.fromEntries(
    readdirSync(templateDirectory, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [nameInProject(name), readFileSync(join(templateDirectory, name), "utf8")]),
  );
}

/** npm packs no file of the name `.gitignore`, so the published package has it without the dot. */
function nameInProject(name: string): string {
  return name === "gitignore" ? ".gitignore" : name;
}

/**
 * Returns the file with the components' package, as `npm pack` makes it, that the command carries.
 *
 * @throws Error if the command has not been built
 */
export function carriedPackage(): string {
  const folder = join(repositoryDirectory, "dist");
  const name = readdirSync(folder).find((file) => /^longhorn-s3-.*\.tgz$/.test(file));
  if (name === undefined) throw new Error(`${folder} has no package of the components: npm run build makes it`);
  return join(folder, name);
}
