import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import * as path from "node:path";
import { isUpstream, type Binary, type DebianSource } from "./binaries";

/**
 * A hash of everything that binaries of a module are made from: files of its folder, the way they are built, and the
 * processor. It does not depend on where the folder lies, on times, or on the version of Go.
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

/** A hash of which package's program is used and for which processor. */
export const packageHash = (source: DebianSource, architecture: string): string =>
  hashOf([architecture, JSON.stringify(source)]);

function hashOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}\n`).update(part);
  return hash.digest("hex").slice(0, 16);
}

/** The files that decide what a module's dependencies are: its versions, and the folders that stand in for some. */
function filesOfDependencies(moduleDirectory: string): string[] {
  const goMod = readFileSync(path.join(moduleDirectory, "go.mod"), "utf8");
  const folders = [...goMod.matchAll(/=> \.\/(\S+)/g)].map(([, folder = ""]) => `${folder}/`);
  return moduleFiles(moduleDirectory).filter(
    (file) => /^go\.(mod|sum)$/.test(file) || folders.some((folder) => file.startsWith(folder)),
  );
}

/**
 * The files a build can read, sorted: all but tests, hidden files, and executables (which are what a `go build` inside
 * the folder leaves behind).
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

/** What decides the result; the time to expect does not. */
function recipe(source: Binary["source"]): unknown {
  if (source.kind !== "go") return source;
  return [source.package, source.ldflags, ...(source.tags === undefined ? [] : [source.tags])];
}
