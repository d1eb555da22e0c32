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
 * Fetches a Debian package, with those of the packages it depends on that the machine lacks, and unpacks them into the
 * folder of `file`, which becomes a launcher that starts the program with these libraries. Nothing is installed and no
 * root is needed; apt verifies what it fetches.
 * @throws ToolchainError where there is no apt-get, it cannot fetch the package, or the program does not fit
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

/** Returns the command that failed, if one did. */
async function fetchAndUnpack(
  source: DebianSource,
  downloads: string,
  root: string,
  run: Run,
): Promise<CommandResult | undefined> {
  let failure = await fetchPackages(source.package, [], run);
  if (failure) {
    // The machine's package lists are missing or old: with fresh ones, kept apart from them.
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

/** Downloads into the folder in which `run` runs. */
async function fetchPackages(name: string, options: readonly string[], run: Run): Promise<CommandResult | undefined> {
  const plan = await run("apt-get", [...options, "install", "--simulate", "--no-install-recommends", name]);
  if (plan.code !== 0) return plan;
  const packages = newPackages(plan.stdout);
  if (packages.length === 0) return undefined;
  const download = await run("apt-get", [...options, "download", ...packages]);
  return download.code === 0 ? undefined : download;
}

/**
 * The packages that a simulated installation would add; what it would upgrade is used as it is.
 * `Inst libnftnl11 (1.2.4-2 Debian:12/stable [amd64])` adds one, `Inst libc6 [2.35-0] (2.35-1 …)` upgrades one.
 */
export const newPackages = (simulation: string): string[] =>
  [...simulation.matchAll(/^Inst (\S+) \(/gm)].map(([, name = ""]) => name);

/** Folders below `root` that hold shared libraries, relative to it. */
const libraryDirectories = (root: string): string[] => [
  ...new Set(
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.so(\.\d+)*$/.test(file))
      .map((file) => path.dirname(file))
      .sort(),
  ),
];

/** Finds its own folder through links to it, so that the cache can be moved. */
const launcherScript = (program: string, libraries: readonly string[]): string => `#!/bin/sh
root=$(dirname "$(readlink -f "$0")")/root
export LD_LIBRARY_PATH="${libraries.map((directory) => `$root/${directory}`).join(":")}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
exec "$root/${program}" "$@"
`;
