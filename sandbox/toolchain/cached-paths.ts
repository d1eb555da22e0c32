import * as path from "node:path";
import type { Binary, ToolchainDefinition } from "./binaries";
import { goArchitecture } from "./go";
import { moduleHash, packageHash } from "./module-hash";

/**
 * The path in the cache of every binary, by name. A module's and a package's binaries share a folder, named after what
 * they are made from: other sources, another folder.
 */
export function cachedPaths(definition: ToolchainDefinition, cache: string): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  return new Map(
    definition.binaries.map((binary) => {
      const origin = originOf(binary);
      const folder = folders.get(origin) ?? `${origin}-${hashOf(binary, definition)}`;
      folders.set(origin, folder);
      return [binary.name, path.join(cache, folder, binary.name)];
    }),
  );
}

const originOf = ({ source }: Binary): string => (source.kind === "debian" ? source.package : source.module);

function hashOf({ source }: Binary, { binaries, modulesDirectory }: ToolchainDefinition): string {
  if (source.kind === "debian") return packageHash(source, goArchitecture());
  const built = binaries.filter((other) => other.source.kind !== "debian" && other.source.module === source.module);
  return moduleHash(path.join(modulesDirectory, source.module), built, goArchitecture());
}
