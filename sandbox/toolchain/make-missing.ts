import * as path from "node:path";
import type { Binary, ToolchainDefinition } from "./binaries";
import { buildBinary } from "./build";
import { withBuildLock } from "./build-lock";
import { checkDiskSpace } from "./disk-space";
import { findGo } from "./go";
import { fromCache } from "./resolve";

/** Progress of the missing binaries. */
export interface MakingProgress {
  binary: string;
  /** Number of completed binaries. */
  made: number;
  /** `waiting for`: another process is building. */
  state: "waiting for" | "building" | "unpacking" | "made";
  /** Duration in seconds; only with `made`. */
  seconds?: number;
  /** Expected seconds on two cores with empty caches; undefined if unknown. */
  expectedSeconds?: number;
  /** Expected seconds of this binary and all later ones. */
  remainingSeconds?: number;
}

/** Expected time, in seconds, for a binary that only has to be downloaded. */
const quick = 5;

/** Options of `makeMissing`. */
export interface MakeOptions {
  definition: ToolchainDefinition;
  /** Folder of the cache. */
  cache: string;
  /** Returns the path of a binary in the cache. */
  cached: (binary: Binary) => string;
  /** Environment of the user. */
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  onProgress: (progress: MakingProgress) => void;
}

/** A binary in the cache. */
export interface Made {
  path: string;
  version: string;
  /** `cache` if another process has built it in the meantime. */
  origin: "built" | "cache";
  /** Seconds of the build. */
  seconds?: number;
}

/**
 * Builds the missing binaries one after the other, while no other process does.
 *
 * @throws ToolchainError before the build if Go or the disk space is insufficient, or if a build fails
 */
export async function makeMissing(missing: readonly Binary[], options: MakeOptions): Promise<Map<string, Made>> {
  const [first] = missing;
  if (!first) return new Map();
  const { definition, cache, env, signal, onProgress } = options;
  const directoryOf = (module: string): string => path.join(definition.modulesDirectory, module);
  const modules = modulesOf(missing);
  const purpose = `the sandbox's programs are built with it (missing: ${missing.length})`;
  const go = modules.length > 0 ? await findGo(modules.map(directoryOf), purpose, env) : undefined;

  const onWait = (): void => onProgress({ binary: first.name, made: 0, state: "waiting for" });
  return withBuildLock(path.join(cache, "build.lock"), { signal, onWait }, async () => {
    const made = await madeByOthers(missing, options);
    const left = missing.filter(({ name }) => !made.has(name));
    if (go) {
      const needed = (module: string): number => definition.modules[module] ?? 0;
      const toBuild = modulesOf(left).map((name) => ({ directory: directoryOf(name), coldGigabytes: needed(name) }));
      await checkDiskSpace(toBuild, go, cache);
    }
    for (const [index, binary] of left.entries()) {
      onProgress({ binary: binary.name, made: made.size, ...stepOf(left.slice(index)) });
      const result = await make(binary, options);
      made.set(binary.name, result);
      onProgress({ binary: binary.name, made: made.size, state: "made", seconds: result.seconds });
    }
    return made;
  });
}

const modulesOf = (missing: readonly Binary[]): string[] => [
  ...new Set(missing.flatMap(({ source }) => (source.kind === "debian" ? [] : [source.module]))),
];

async function madeByOthers(missing: readonly Binary[], options: MakeOptions): Promise<Map<string, Made>> {
  const made = new Map<string, Made>();
  for (const binary of missing) {
    const found = await fromCache(binary, options.cached(binary), options.env);
    if (found) made.set(binary.name, { ...found, origin: "cache" });
  }
  return made;
}

async function make(binary: Binary, options: MakeOptions): Promise<Made> {
  const file = options.cached(binary);
  const start = performance.now();
  await buildBinary(binary, file, {
    env: options.env,
    modulesDirectory: options.definition.modulesDirectory,
    logsDirectory: path.join(options.cache, "logs"),
    signal: options.signal,
  });
  const seconds = Math.round((performance.now() - start) / 1000);
  const found = await fromCache(binary, file, options.env);
  return { path: file, version: found?.version ?? binary.version, origin: "built", seconds };
}

function stepOf(left: readonly Binary[]): Pick<MakingProgress, "state" | "expectedSeconds" | "remainingSeconds"> {
  const seconds = left.map(({ source }) => (source.kind === "go" ? source.coldSeconds : quick));
  return {
    state: left[0]?.source.kind === "debian" ? "unpacking" : "building",
    expectedSeconds: seconds[0],
    remainingSeconds: seconds.reduce((sum, more) => sum + more, 0),
  };
}
