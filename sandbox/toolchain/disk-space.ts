import { existsSync, readFileSync } from "node:fs";
import { stat, statfs } from "node:fs/promises";
import * as path from "node:path";
import { ToolchainError, noSpace } from "./errors";
import type { Go } from "./go";

/** GB for the binaries of a module whose dependencies are already in Go's caches. */
const warmGigabytes = 0.5;

/**
 * Distribution of the disk space of a cold build, measured over all modules: 5.6 GB of modules, 12 GB of packages, 1.1
 * GB of binaries.
 */
const share = { moduleCache: 0.3, buildCache: 0.64, toolchain: 0.06 };

/** A module to build. */
export interface ModuleToBuild {
  directory: string;
  /** GB that it adds to empty caches. */
  coldGigabytes: number;
}

/**
 * Checks the disk space for a build.
 *
 * @throws ToolchainError with the folder, the free and the required space
 */
export async function checkDiskSpace(modules: readonly ModuleToBuild[], go: Go, toolchain: string): Promise<void> {
  const gigabytes = modules.reduce(
    (sum, module) => sum + (isDownloaded(module.directory, go.moduleCache) ? warmGigabytes : module.coldGigabytes),
    0,
  );
  const devices = new Map<number, { directory: string; needed: number }>();
  for (const [directory, part] of [
    [toolchain, share.toolchain],
    [go.moduleCache, share.moduleCache],
    [go.buildCache, share.buildCache],
  ] as const) {
    const { dev } = await stat(existing(directory));
    const device = devices.get(dev) ?? { directory, needed: 0 };
    device.needed += gigabytes * part;
    devices.set(dev, device);
  }
  for (const { directory, needed } of devices.values()) {
    const { bavail, bsize } = await statfs(existing(directory));
    const free = (bavail * bsize) / 1e9;
    if (free < needed) throw new ToolchainError(noSpace(directory, free, needed));
  }
}

/** Reports whether all direct dependencies of a module are in the module cache. */
export function isDownloaded(moduleDirectory: string, moduleCache: string): boolean {
  return directDependencies(readFileSync(path.join(moduleDirectory, "go.mod"), "utf8")).every(({ module, version }) =>
    existsSync(path.join(moduleCache, "cache", "download", escape(module), "@v", `${escape(version)}.zip`)),
  );
}

function directDependencies(goMod: string): { module: string; version: string }[] {
  const replaced = new Set([...goMod.matchAll(/^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>/gm)].map((match) => match[1]));
  return [...goMod.matchAll(/^(?:\t|require )(\S+) (v\S+)$/gm)]
    .map(([, module = "", version = ""]) => ({ module, version }))
    .filter(({ module }) => !replaced.has(module));
}

/** Go writes an uppercase letter in its cache as `!` and the lowercase letter. */
const escape = (text: string): string => text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);

/** Returns the nearest existing folder at or above the path. */
const existing = (directory: string): string => (existsSync(directory) ? directory : existing(path.dirname(directory)));
