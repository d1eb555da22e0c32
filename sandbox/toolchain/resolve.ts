import { accessSync, constants, readdirSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import type { Binary } from "./binaries";
import { ToolchainError } from "./errors";
import { accepts, compareVersions, fittingVersion } from "./version-probe";

/** A binary that is there already. */
export interface Found {
  path: string;
  version: string;
  origin: "environment" | "PATH" | "cache";
}

/** Where to look. */
export interface Places {
  env: NodeJS.ProcessEnv;
  /** The toolchain's cache: what lies in it never counts as found on PATH. */
  cache: string;
  /** The path that the binary has, or would have, in the cache. */
  cached: (binary: Binary) => string;
  /** What was found of the binaries before this one in the table. */
  before: ReadonlyMap<string, Found>;
}

/** Looks in the environment, on PATH and in the cache, in this order; undefined where the binary has to be built. */
export async function resolveBinary(binary: Binary, places: Places): Promise<Found | undefined> {
  return (
    fromEnvironment(binary, places.env) ??
    fromInstallation(binary, places.before) ??
    (await fromPath(binary, places)) ??
    fromPublishedPlugins(binary, places.env) ??
    (await fromCache(binary, places.cached(binary), places.env))
  );
}

/** The environment variable that says where a binary is: `LONGHORN_S3_KUBE_APISERVER` for kube-apiserver. */
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

/** What belongs to an installation that was taken from elsewhere is taken from there too. */
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

/** PATH, the folder of Kubernetes' test binaries, and where Debian keeps programs for administrators. */
function searchPath(env: NodeJS.ProcessEnv): string[] {
  const onPath = (env["PATH"] ?? "").split(path.delimiter);
  const testBinaries = env["KUBEBUILDER_ASSETS"] ?? "";
  return [...new Set([...onPath, testBinaries, "/usr/sbin", "/sbin"])].filter((directory) =>
    path.isAbsolute(directory),
  );
}

/** Pulumi keeps each plugin in a folder that names its version: `~/.pulumi/plugins/resource-random-v4.21.2`. */
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

/** Looks in the cache alone. */
export async function fromCache(binary: Binary, file: string, env: NodeJS.ProcessEnv): Promise<Found | undefined> {
  if (!isFile(file, constants.R_OK)) return undefined;
  if (binary.source.kind !== "debian" || !binary.onPath)
    return { path: file, version: binary.version, origin: "cache" };
  // It was unpacked without those of its libraries that the machine had, and these may be gone.
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
