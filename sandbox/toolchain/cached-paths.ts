import * as path from "node:path";
import { isUpstream, type Binary, type ToolchainDefinition } from "./binaries";
import { goArchitecture } from "./go";
import { moduleHash, packageHash } from "./module-hash";

/**
 * Returns the path of every binary in the cache, by name. The folder has the hash of the sources. A change of the
 * repository's programs therefore keeps the upstream programs of the same module.
 */
export function cachedPaths(definition: ToolchainDefinition, cache: string): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  return new Map(
    definition.binaries.map((binary) => {
      const group = groupOf(binary);
      const folder = folders.get(group) ?? `${originOf(binary)}-${hashOf(binary, definition)}`;
      folders.set(group, folder);
      return [binary.name, path.join(cache, folder, binary.name)];
    }),
  );
}

const originOf = ({ source }: Binary): string => (source.kind === "debian" ? source.package : source.module);

const groupOf = (binary: Binary): string =>
  JSON.stringify([originOf(binary), binary.source.kind !== "debian" && isUpstream(binary.source)]);

function hashOf(binary: Binary, { binaries, modulesDirectory }: ToolchainDefinition): string {
  const { source } = binary;
  if (source.kind === "debian") return packageHash(source, goArchitecture());
  const built = binaries.filter((other) => groupOf(other) === groupOf(binary));
  return moduleHash(path.join(modulesDirectory, source.module), built, goArchitecture());
}
