import { readdirSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import type { Binary, DebianSource } from "./binaries";
import type { BuildOptions } from "./build-options";
import { ToolchainError, aptIsMissing, packageIsNotServed, unpackedDoesNotFit } from "./errors";
import { runCommand, type CommandResult } from "./run-command";
import { fittingVersion } from "./version-probe";
import { makeWhole } from "./whole-file";

/**
 * Downloads a Debian package with its missing dependencies, and unpacks them into the folder of `file`. A launcher at
 * that path starts the program with these libraries. Nothing is installed, no root is needed, and apt verifies the
 * downloads.
 *
 * @throws ToolchainError if apt-get is missing, the download fails, or the program does not fit
 */
export async function unpackDebianPackage(
  binary: Binary,
  source: DebianSource,
  file: string,
  options: BuildOptions,
): Promise<void> {
  const directory = path.dirname(file);
  const log = path.join(options.logsDirectory, `${binary.name}.log`);
  await makeWhole(directory, async (temporary) => {
    const downloads = path.join(temporary, "downloads");
    const root = path.join(temporary, "root");
    for (const folder of [downloads, root]) await mkdir(folder, { recursive: true });

    const run: Run = (program, args) =>
      runCommand(program, args, {
        env: { ...options.env, LC_ALL: "C" },
        cwd: downloads,
        log,
        signal: options.signal,
      });
    const failure = await fetchAndUnpack(source, downloads, root, run).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      throw new ToolchainError(aptIsMissing(binary.name, source.package), { cause: error });
    });
    if (failure) throw new ToolchainError(packageIsNotServed(binary.name, source.package, failure.output, log));
    await rm(downloads, { recursive: true });

    const launcher = path.join(temporary, binary.name);
    await writeFile(launcher, launcherScript(source.program, libraryDirectories(root)), { mode: 0o755 });
    if (binary.onPath && (await fittingVersion(launcher, binary.onPath, options.env)) === undefined) {
      throw new ToolchainError(unpackedDoesNotFit(binary.name, binary.version, source.package));
    }
    await rm(directory, { recursive: true, force: true }); // an earlier one that no longer starts
  });
}

type Run = (program: string, args: readonly string[]) => Promise<CommandResult>;

/** Returns the command that failed, if any. */
async function fetchAndUnpack(
  source: DebianSource,
  downloads: string,
  root: string,
  run: Run,
): Promise<CommandResult | undefined> {
  let failure = await fetchPackages(source.package, [], run);
  if (failure) {
    // The machine's package lists are missing or outdated: use fresh ones in a separate folder.
    const own = [`Dir::State::Lists=${downloads}/lists`, `Dir::Cache=${downloads}/cache`, "Debug::NoLocking=true"];
    const options = own.flatMap((option) => ["-o", option]);
    const update = await run("apt-get", [...options, "update"]);
    failure = update.code === 0 ? await fetchPackages(source.package, options, run) : update;
  }
  for (const archive of readdirSync(downloads).filter((name) => name.endsWith(".deb"))) {
    if (failure) return failure;
    const extract = await run("dpkg-deb", ["--extract", archive, root]);
    if (extract.code !== 0) failure = extract;
  }
  return failure;
}

/** Downloads the packages into the working directory of `run`. */
async function fetchPackages(name: string, options: readonly string[], run: Run): Promise<CommandResult | undefined> {
  const plan = await run("apt-get", [...options, "install", "--simulate", "--no-install-recommends", name]);
  if (plan.code !== 0) return plan;
  const packages = newPackages(plan.stdout);
  if (packages.length === 0) return undefined;
  const download = await run("apt-get", [...options, "download", ...packages]);
  return download.code === 0 ? undefined : download;
}

/**
 * Returns the packages that a simulated installation would add, without upgrades. `Inst libnftnl11 (1.2.4-2
 * Debian:12/stable [amd64])` adds a package, `Inst libc6 [2.35-0] (2.35-1 …)` upgrades one.
 */
export const newPackages = (simulation: string): string[] =>
  [...simulation.matchAll(/^Inst (\S+) \(/gm)].map(([, name = ""]) => name);

/** Returns the folders below `root` with shared libraries, relative to it. */
const libraryDirectories = (root: string): string[] => [
  ...new Set(
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.so(\.\d+)*$/.test(file))
      .map((file) => path.dirname(file))
      .sort(),
  ),
];

/** Resolves its folder through links, so that the cache can be moved. */
const launcherScript = (program: string, libraries: readonly string[]): string => `#!/bin/sh
root=$(dirname "$(readlink -f "$0")")/root
export LD_LIBRARY_PATH="${libraries.map((directory) => `$root/${directory}`).join(":")}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
exec "$root/${program}" "$@"
`;
