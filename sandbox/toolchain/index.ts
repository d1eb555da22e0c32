import { readdirSync, statSync } from "node:fs";
import * as path from "node:path";
import { binDirectory } from "./bin-directory";
import { sandboxToolchain, type Binary, type ToolchainDefinition } from "./binaries";
import { cacheDirectory, markUsed, prepareCache, removeUnused } from "./cache";
import { cachedPaths } from "./cached-paths";
import { makeMissing, type Made, type MakingProgress } from "./make-missing";
import { resolveBinary, type Found } from "./resolve";

export { ToolchainError } from "./errors";

/** How to bring up the toolchain. */
export interface ToolchainOptions {
  /** Interrupts: what is half built is removed, and the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Called before every step, and after each binary that was made. */
  onProgress?: (progress: ToolchainProgress) => void;
  /** @default `process.env` */
  env?: NodeJS.ProcessEnv;
  /** @default what the sandbox runs */
  definition?: ToolchainDefinition;
}

/** How far the toolchain has come. */
export interface ToolchainProgress {
  /** The binary that is being looked for or made, or has been made. */
  binary: string;
  /** Binaries that are in place. */
  done: number;
  total: number;
  /** `waiting for`: another process builds. */
  state: "looking for" | MakingProgress["state"];
  /** Seconds that it took; only where it is made. */
  seconds?: number;
  /** Seconds that this step takes on two cores with empty caches; undefined where it is short or there is no telling. */
  expectedSeconds?: number;
  /** The same for this step and all that follow. */
  remainingSeconds?: number;
}

/** Everything the sandbox runs, in place. */
export interface Toolchain {
  /** Absolute path of a folder for PATH with a link to every binary. */
  binDirectory: string;
  /** In the order of the table. */
  binaries: ToolchainBinary[];
}

/** A binary and where it comes from. */
export interface ToolchainBinary {
  name: string;
  /** Absolute path. */
  path: string;
  /** What it answered or was built from; `own` where it is this repository's. */
  version: string;
  origin: "environment" | "PATH" | "cache" | "built";
  /** Seconds that it took to build; undefined where it was there. */
  seconds?: number;
  /** Its size; of what was unpacked with libraries, theirs included. */
  bytes: number;
}

/**
 * Makes sure of every binary: takes it from the environment, PATH or the cache, else builds it. Once everything is
 * built no network is needed.
 * @throws ToolchainError where one can neither be found nor built; one sentence that says what to do
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

/** What was unpacked counts with its libraries. */
function sizeOf({ source }: Binary, place: Found | Made): number {
  if (source.kind !== "debian" || !isCached(place)) return statSync(place.path).size;
  return readdirSync(path.dirname(place.path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
