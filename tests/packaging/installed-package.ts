import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryDirectory } from "../../tool/repository";
import { succeeds } from "../../testbed/command";

/**
 * The repository as `git clone` would bring it, in a folder of its own, with nothing installed or compiled.
 *
 * @param directory where it is to be
 */
export function clonePackage(directory: string): void {
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: repositoryDirectory,
    encoding: "utf8",
  });
  for (const file of files.split("\0").filter((name) => name !== "" && !/(^|\/)node_modules$/.test(name))) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    cpSync(join(repositoryDirectory, file), join(directory, file));
  }
}

/**
 * The same, with its packages installed as Pulumi's host installs those of a plugin: without the ones for development. Its script
 * `prepare` compiles it.
 *
 * @param directory where it is to be
 */
export async function installPackage(directory: string): Promise<void> {
  clonePackage(directory);
  await succeeds("npm", ["install", "--omit=dev", "--no-audit", "--no-fund"], { cwd: directory, env: withoutPulumi() });
}

/** Else the script of @pulumi/kubernetes has the CLI fetch a plugin. */
export function withoutPulumi(): NodeJS.ProcessEnv {
  const path = (process.env["PATH"] ?? "").split(":").filter((folder) => !/pulumi|longhorn-s3/.test(folder));
  return { ...process.env, PATH: path.join(":") };
}
