import * as path from "node:path";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { isUpstream, type Binary, type DebianSource, type ToolchainDefinition } from "./binaries";
import { goArchitecture } from "./go";

/**
 * Returns a hash of all sources of a module's binaries: its files, the build options and the architecture. Independent
 * of the folder, of times and of the Go version.
 */
export function moduleHash(moduleDirectory: string, built: readonly Binary[], architecture: string): string {
  const isOwn = built.some(({ source }) => source.kind !== "debian" && !isUpstream(source));
  const files = isOwn ? moduleFiles(moduleDirectory) : filesOfDependencies(moduleDirectory);
  return hashOf([
    architecture,
    JSON.stringify(built.map(({ name, source }) => [name, recipe(source)])),
    ...files.flatMap((file) => [file, readFileSync(path.join(moduleDirectory, file))]),
  ]);
}

/** Returns a hash of the package and the architecture. */
export const packageHash = (source: DebianSource, architecture: string): string =>
  hashOf([architecture, JSON.stringify(source)]);

function hashOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}\n`).update(part);
  return hash.digest("hex").slice(0, 16);
}

/** Returns the files that determine a module's dependencies: its versions and the replaced modules. */
function filesOfDependencies(moduleDirectory: string): string[] {
  const goMod = readFileSync(path.join(moduleDirectory, "go.mod"), "utf8");
  const folders = [...goMod.matchAll(/=> \.\/(\S+)/g)].map(([, folder = ""]) => `${folder}/`);
  return moduleFiles(moduleDirectory).filter(
    (file) => /^go\.(mod|sum)$/.test(file) || folders.some((folder) => file.startsWith(folder)),
  );
}

/**
 * Returns the files of a build, sorted: all except tests, hidden files, and executables, which `go build` leaves in the
 * folder.
 */
export function moduleFiles(moduleDirectory: string, below = ""): string[] {
  return readdirSync(path.join(moduleDirectory, below), { withFileTypes: true })
    .flatMap((entry) => {
      const file = path.posix.join(below, entry.name);
      if (/^[._]/.test(entry.name) || entry.name === "testdata") return [];
      if (entry.isDirectory()) return moduleFiles(moduleDirectory, file);
      const isExecutable = (statSync(path.join(moduleDirectory, file)).mode & 0o111) !== 0;
      return isExecutable || file.endsWith("_test.go") ? [] : [file];
    })
    .sort();
}

/** Returns the build options that affect the result, without the expected duration. */
function recipe(source: Binary["source"]): unknown {
  if (source.kind !== "go") return source;
  return [source.package, source.ldflags, ...(source.tags === undefined ? [] : [source.tags])];
}

/**
 * Returns the path of every binary in the cache, by name. The folder has the hash of the sources. A change of the
 * repository's programs therefore keeps the upstream programs of the same module.
 */
export function cachedPaths(definition: ToolchainDefinition, cache: string): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  return new Map(
    definition.binaries.map((binary) => {
      const group = groupOf(binary);
      const folder = folders.get(group) ?? `${originOf(binary)}-${sourceHash(binary, definition)}`;
      folders.set(group, folder);
      return [binary.name, path.join(cache, folder, binary.name)];
    }),
  );
}

const originOf = ({ source }: Binary): string => (source.kind === "debian" ? source.package : source.module);

const groupOf = (binary: Binary): string =>
  JSON.stringify([originOf(binary), binary.source.kind !== "debian" && isUpstream(binary.source)]);

function sourceHash(binary: Binary, { binaries, modulesDirectory }: ToolchainDefinition): string {
  const { source } = binary;
  if (source.kind === "debian") return packageHash(source, goArchitecture());
  const built = binaries.filter((other) => groupOf(other) === groupOf(binary));
  return moduleHash(path.join(modulesDirectory, source.module), built, goArchitecture());
}
