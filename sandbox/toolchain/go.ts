import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { ToolchainError, goIsMissing, goIsTooOld } from "./errors";
import { runCommand } from "./run-command";
import { compareVersions } from "./version-probe";

/** Settings of the installed Go. */
export interface Go {
  /** Folder of the installation. */
  root: string;
  /** Folder of the build cache. */
  buildCache: string;
  /** Folder of the module cache. */
  moduleCache: string;
}

/**
 * Returns the environment of every `go` command: the user's settings of proxy, caches and checksum database, but the
 * installed Go, the pinned modules and no C compiler.
 */
export const goEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  CGO_ENABLED: "0",
  GOARCH: goArchitecture(),
  GOFLAGS: "-mod=readonly -buildvcs=false",
  GOOS: "linux",
  GOTOOLCHAIN: "local",
  GOWORK: "off",
});

/** Returns Go's name of this machine's architecture. */
export const goArchitecture = (architecture: string = process.arch): string =>
  architecture === "x64" ? "amd64" : architecture;

/**
 * Finds Go and checks that it is new enough for `modules`.
 *
 * @param purpose clause that names what requires Go, for the error
 * @throws ToolchainError if it is missing or too old
 */
export async function findGo(modules: readonly string[], purpose: string, env: NodeJS.ProcessEnv): Promise<Go> {
  const needed = modules.map(requiredGo).sort(compareVersions).at(-1) ?? "1.26";
  const variables = ["GOVERSION", "GOROOT", "GOCACHE", "GOMODCACHE"];
  let answer: string;
  try {
    // Runs outside of any module: an old Go fails inside a module that requires a newer one.
    const result = await runCommand("go", ["env", "-json", ...variables], { env: goEnvironment(env), cwd: tmpdir() });
    if (result.code !== 0)
      throw new ToolchainError(`"go env" failed with "${result.output.trim()}": repair the Go installation.`);
    answer = result.stdout;
  } catch (error) {
    if (error instanceof ToolchainError) throw error;
    throw new ToolchainError(goIsMissing(needed, purpose), { cause: error });
  }
  const go = JSON.parse(answer) as Record<"GOVERSION" | "GOROOT" | "GOCACHE" | "GOMODCACHE", string>;
  const found = go.GOVERSION.replace(/^go/, "");
  if (compareVersions(found, needed) < 0) throw new ToolchainError(goIsTooOld(found, needed));
  return { root: go.GOROOT, buildCache: go.GOCACHE, moduleCache: go.GOMODCACHE };
}

function requiredGo(moduleDirectory: string): string {
  const goMod = readFileSync(path.join(moduleDirectory, "go.mod"), "utf8");
  return /^go (\S+)/m.exec(goMod)?.[1] ?? "1.26";
}
