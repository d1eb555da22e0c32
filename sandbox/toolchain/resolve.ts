import { accessSync, constants, readdirSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import type { Binary } from "./binaries";
import { ToolchainError } from "./errors";
import { accepts, compareVersions, fittingVersion } from "./version-probe";

/** An existing binary. */
export interface Found {
  path: string;
  version: string;
  origin: "environment" | "PATH" | "cache";
}

/** Places to search. */
export interface Places {
  env: NodeJS.ProcessEnv;
  /** Cache of the toolchain. Its content never counts as found on PATH. */
  cache: string;
  /** Returns the path of a binary in the cache, existing or not. */
  cached: (binary: Binary) => string;
  /** Binaries found so far, in the order of the table. */
  before: ReadonlyMap<string, Found>;
}

/** Searches the environment, PATH and the cache, in this order. Returns undefined if the binary must be built. */
export async function resolveBinary(binary: Binary, places: Places): Promise<Found | undefined> {
  return (
    fromEnvironment(binary, places.env) ??
    fromInstallation(binary, places.before) ??
    (await fromPath(binary, places)) ??
    fromPublishedPlugins(binary, places.env) ??
    (await fromCache(binary, places.cached(binary), places.env))
  );
}

/** Returns the environment variable with the path of a binary: `LONGHORN_S3_KUBE_APISERVER` for kube-apiserver. */
export const overrideVariable = (name: string): string => `LONGHORN_S3_${name.toUpperCase().replace(/[-.]/g, "_")}`;

function fromEnvironment(binary: Binary, env: NodeJS.ProcessEnv): Found | undefined {
  const variable = overrideVariable(binary.name);
  const file = env[variable];
  if (file === undefined || file === "") return undefined;
  const isData = binary.source.kind === "custom-resource-definitions";
  if (!path.isAbsolute(file) || !isFile(file, isData ? constants.R_OK : constants.X_OK)) {
    throw new ToolchainError(
      `${variable} is "${file}", which is not the absolute path of ${isData ? "a readable" : "an executable"} file: ` +
        `correct it or unset it.`,
    );
  }
  return { path: file, version: "as given", origin: "environment" };
}

/** Returns a binary from the installation of another one. */
function fromInstallation(binary: Binary, before: Places["before"]): Found | undefined {
  const main = binary.besides === undefined ? undefined : before.get(binary.besides);
  if (!main || main.origin === "cache") return undefined;
  const file = path.join(path.dirname(realpathSync(main.path)), binary.name);
  return isFile(file, constants.X_OK) ? { ...main, path: file } : undefined;
}

async function fromPath(binary: Binary, { env, cache }: Places): Promise<Found | undefined> {
  if (!binary.onPath) return undefined;
  for (const directory of searchPath(env)) {
    const file = path.join(directory, binary.name);
    if (!isFile(file, constants.X_OK)) continue;
    const real = realpathSync(file);
    if (isInside(cache, real)) continue;
    const installation = path.dirname(real);
    const isWhole = (binary.onPath.together ?? []).every((name) =>
      isFile(path.join(installation, name), constants.X_OK),
    );
    if (!isWhole) continue;
    const version = await fittingVersion(file, binary.onPath, env);
    if (version !== undefined) return { path: file, version, origin: "PATH" };
  }
  return undefined;
}

/** Returns PATH, the folder of Kubernetes' test binaries, and Debian's folders of administration programs. */
function searchPath(env: NodeJS.ProcessEnv): string[] {
  const onPath = (env["PATH"] ?? "").split(path.delimiter);
  const testBinaries = env["KUBEBUILDER_ASSETS"] ?? "";
  return [...new Set([...onPath, testBinaries, "/usr/sbin", "/sbin"])].filter((directory) =>
    path.isAbsolute(directory),
  );
}

/** Pulumi keeps each plugin in a folder with its version: `~/.pulumi/plugins/resource-random-v4.21.2`. */
function fromPublishedPlugins(binary: Binary, env: NodeJS.ProcessEnv): Found | undefined {
  if (binary.publishedPlugin === undefined) return undefined;
  const plugins = path.join(env["PULUMI_HOME"] ?? path.join(homedir(), ".pulumi"), "plugins");
  const prefix = `resource-${binary.publishedPlugin}-v`;
  const fitting = list(plugins)
    .filter((folder) => folder.startsWith(prefix))
    .map((folder) => ({ version: folder.slice(prefix.length), path: path.join(plugins, folder, binary.name) }))
    .filter(
      ({ version, path: file }) => accepts({ sameMinor: binary.version }, version) && isFile(file, constants.X_OK),
    );
  const newest = fitting.sort((a, b) => compareVersions(a.version, b.version)).at(-1);
  return newest && { ...newest, origin: "PATH" };
}

/** Searches the cache only. */
export async function fromCache(binary: Binary, file: string, env: NodeJS.ProcessEnv): Promise<Found | undefined> {
  if (!isFile(file, constants.R_OK)) return undefined;
  if (binary.source.kind !== "debian" || !binary.onPath)
    return { path: file, version: binary.version, origin: "cache" };
  // It was unpacked without the libraries of the machine, which may have been removed since.
  const version = await fittingVersion(file, binary.onPath, env);
  return version === undefined ? undefined : { path: file, version, origin: "cache" };
}

function isFile(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

const isInside = (directory: string, file: string): boolean => {
  try {
    return file.startsWith(realpathSync(directory) + path.sep);
  } catch {
    return false;
  }
};

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
