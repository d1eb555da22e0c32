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
      .map(({ name }) => [name, readFileSync(join(templateDirectory, name), "utf8")]),
  );
}

/** Where a new project takes `longhorn-s3` from: an installed tool from where npm has it, a checkout from itself. */
export function defaultPackage(): string {
  const { version } = JSON.parse(readFileSync(join(repositoryDirectory, "package.json"), "utf8")) as {
    version: string;
  };
  return /[\\/]node_modules[\\/]/.test(repositoryDirectory) ? version : `file:${repositoryDirectory}`;
}
