import { readdirSync, statSync } from "node:fs";
import * as path from "node:path";
import { binDirectory, cacheDirectory, markUsed, prepareCache, removeUnused } from "./cache";
import { sandboxToolchain, type Binary, type ToolchainDefinition } from "./binaries";
import { cachedPaths } from "./module-hash";
import { makeMissing, type Made, type MakingProgress } from "./make-missing";
import { resolveBinary, type Found } from "./resolve";

export { ToolchainError } from "./errors";

/** Options of `ensureToolchain`. */
export interface ToolchainOptions {
  /** Cancels the build: incomplete files are removed, and the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Called before every step, and after each binary that was built. */
  onProgress?: (progress: ToolchainProgress) => void;
  /** @default `process.env` */
  env?: NodeJS.ProcessEnv;
  /** @default the toolchain of the sandbox */
  definition?: ToolchainDefinition;
}

/** Progress of the toolchain. */
export interface ToolchainProgress {
  /** Binary of this step. */
  binary: string;
  /** Number of binaries that are available. */
  done: number;
  total: number;
  /** `waiting for`: another process is building. */
  state: "looking for" | MakingProgress["state"];
  /** Duration in seconds; only with `made`. */
  seconds?: number;
  /** Expected seconds of this step on two cores with empty caches; undefined if short or unknown. */
  expectedSeconds?: number;
  /** Expected seconds of this step and all later ones. */
  remainingSeconds?: number;
}

/** All programs of the sandbox. */
export interface Toolchain {
  /** Absolute path of a folder for PATH with a link to every binary. */
  binDirectory: string;
  /** Binaries in the order of the table. */
  binaries: ToolchainBinary[];
}

/** A binary with its origin. */
export interface ToolchainBinary {
  name: string;
  /** Absolute path. */
  path: string;
  /** Reported version, or version of the sources; `own` for programs of this repository. */
  version: string;
  origin: "environment" | "PATH" | "cache" | "built";
  /** Seconds of the build; undefined if it already existed. */
  seconds?: number;
  /** Size in bytes; for an unpacked program, including its libraries. */
  bytes: number;
}

/**
 * Finds every binary in the environment, on PATH or in the cache, or builds it. No network is needed once everything is
 * built.
 *
 * @throws ToolchainError if one can neither be found nor built; its message is one sentence with the fix
 */
export async function ensureToolchain(options: ToolchainOptions = {}): Promise<Toolchain> {
  const { signal, onProgress, env = process.env, definition = sandboxToolchain } = options;
  const total = definition.binaries.length;
  const cache = cacheDirectory(env);
  prepareCache(cache);
  const paths = cachedPaths(definition, cache);
  const cached = ({ name }: Binary): string => paths.get(name) ?? "";

  const found = new Map<string, Found>();
  for (const binary of definition.binaries) {
    signal?.throwIfAborted();
    onProgress?.({ binary: binary.name, done: found.size, total, state: "looking for" });
    const place = await resolveBinary(binary, { env, cache, cached, before: found });
    if (place) found.set(binary.name, place);
  }
  const missing = definition.binaries.filter(({ name }) => !found.has(name));
  const onMaking = ({ made, ...step }: MakingProgress): void =>
    onProgress?.({ ...step, done: found.size + made, total });
  const made = await makeMissing(missing, { definition, cache, cached, env, signal, onProgress: onMaking });

  const binaries = definition.binaries.flatMap((binary) => {
    const place = found.get(binary.name) ?? made.get(binary.name);
    return place ? [{ name: binary.name, ...place, bytes: sizeOf(binary, place) }] : [];
  });
  const directory = await binDirectory(binaries, cache);
  const inCache = binaries.filter(isCached).map((binary) => path.dirname(binary.path));
  for (const used of new Set([...inCache, directory])) markUsed(used);
  removeUnused(cache);
  return { binDirectory: directory, binaries };
}

const isCached = ({ origin }: Found | Made): boolean => origin === "cache" || origin === "built";

/** Returns the size; for an unpacked program, including its libraries. */
function sizeOf({ source }: Binary, place: Found | Made): number {
  if (source.kind !== "debian" || !isCached(place)) return statSync(place.path).size;
  return readdirSync(path.dirname(place.path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
