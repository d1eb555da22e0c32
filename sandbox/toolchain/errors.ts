/** An error of the toolchain: one sentence with the fix. */
export class ToolchainError extends Error {
  override readonly name = "ToolchainError";
}

/** A failed `go` command. */
export interface FailedBuild {
  /** Binary of the build. */
  binary: string;
  /** Entire output of the command. */
  output: string;
  /** Path of the log with the output. */
  log: string;
  /** Signal that ended the command, if any. */
  signal?: string;
}

/**
 * Returns one sentence for a failed build: the known cause if the output has one, otherwise its last lines and the log.
 */
export function explainFailedBuild(build: FailedBuild): string {
  for (const { pattern, sentence } of knownCauses) {
    const match = pattern.exec(build.output);
    if (match) return sentence(build, match);
  }
  if (build.signal === "SIGKILL") return outOfMemory(build);
  return `Building ${build.binary} failed with "${lastLines(build.output)}": the whole output is in ${build.log}.`;
}

/** Returns the sentence for a machine without Go. */
export const goIsMissing = (needed: string, purpose: string): string =>
  `Go is not installed, and ${purpose}: install Go ${needed} or newer (https://go.dev/dl/) and put its bin folder on PATH.`;

/** Returns the sentence for a Go that is older than a module requires. */
export const goIsTooOld = (found: string, needed: string): string =>
  `Go ${found} is too old for the sandbox's programs: install Go ${needed} or newer (https://go.dev/dl/) and put its bin ` +
  `folder on PATH.`;

/** Returns the sentence for insufficient disk space. */
export const noSpace = (directory: string, freeGigabytes: number, neededGigabytes: number): string =>
  `Building the toolchain needs about ${neededGigabytes.toFixed(1)} GB in ${directory} and ${freeGigabytes.toFixed(1)} GB ` +
  `are free: free some, or point GOCACHE, GOMODCACHE and XDG_CACHE_HOME to a bigger disk.`;

/** Returns the sentence for a cache that is not writable. */
export const cacheIsNotWritable = (directory: string, code = "unknown error"): string =>
  `The toolchain's cache ${directory} cannot be written (${code}): correct its permissions, or point XDG_CACHE_HOME to a ` +
  `folder of yours.`;

/** Returns the sentence for a cache that another user could have put programs into. */
export const cacheIsNotSafe = (directory: string, why: string): string =>
  `The toolchain's cache ${directory} ${why}, and its programs are run: remove it and correct the permissions, or point ` +
  `XDG_CACHE_HOME to a folder of yours.`;

/** Returns the sentence for a program of a Debian package on a machine without apt-get. */
export const aptIsMissing = (program: string, packageName: string): string =>
  `The program ${program} is not installed, and this machine has no apt-get to fetch it with: install ${packageName} and run ` +
  `the same command again.`;

/** Returns the sentence for a Debian package that cannot be downloaded. */
export const packageIsNotServed = (program: string, packageName: string, output: string, log: string): string =>
  `The package ${packageName}, which holds ${program}, could not be fetched with "${lastLines(output)}": check the network ` +
  `connection or install it ("apt-get install ${packageName}" as root), then run the same command again, details are in ${log}.`;

/** Returns the sentence for an unpacked program that does not run on this machine or has another version. */
export const unpackedDoesNotFit = (program: string, version: string, packageName: string): string =>
  `The ${program} of this machine's package ${packageName} does not start here or is not ${version}: install ${program} ` +
  `${version}, put it on PATH and run the same command again.`;

interface KnownCause {
  pattern: RegExp;
  sentence: (build: FailedBuild, match: RegExpExecArray) => string;
}

const moduleAtVersion = String.raw`[\w.\-~/]+@v[\w.\-+]+`;

/** In this order, because a full disk or a network failure also causes other messages. */
const knownCauses: readonly KnownCause[] = [
  {
    pattern: /no space left on device/i,
    sentence: ({ binary }) =>
      `The disk became full while ${binary} was built: free some space, or point GOCACHE, GOMODCACHE, TMPDIR and ` +
      `XDG_CACHE_HOME to a bigger disk, then run the same command again.`,
  },
  {
    pattern: new RegExp(String.raw`(${moduleAtVersion})(?:/go\.mod)?: checksum mismatch`),
    sentence: ({ binary, log }, [, module = "a module"]) =>
      `The module proxy served ${module} with other content than ${binary} is pinned to (checksum mismatch), so it was not ` +
      `used: set GOPROXY to a proxy that you trust and run the same command again, details are in ${log}.`,
  },
  {
    pattern: new RegExp(String.raw`missing go\.sum entry[^\n]*?(${moduleAtVersion}|[\w.\-/]+\.[\w.\-/]+)`),
    sentence: ({ binary, log }, [, module = "a module"]) =>
      `The go.sum of ${binary} has no checksum of ${module}: take the module's go.mod and go.sum as they are in the ` +
      `repository, details are in ${log}.`,
  },
  {
    pattern: /go\.mod requires go >= ([\d.]+) \(running go ([\d.]+)/,
    sentence: (_build, [, needed = "", found = ""]) => goIsTooOld(found, needed),
  },
  {
    pattern: new RegExp(String.raw`(${moduleAtVersion})[^\n]*: (?:reading [^\n]*: )?(40[1-9]|410) [A-Z][^\n]*`),
    sentence: ({ binary, log }, [, module = "a module", status = ""]) =>
      `The module proxy does not serve ${module}, which ${binary} is built from (answer ${status}): set GOPROXY to a proxy ` +
      `that has it and run the same command again, details are in ${log}.`,
  },
  {
    pattern:
      /dial tcp|no such host|i\/o timeout|connection refused|connection reset|TLS handshake|proxyconnect|network is unreachable|module lookup disabled by GOPROXY=off/i,
    sentence: ({ binary, log }) =>
      `The module proxy could not be reached while ${binary} was built: check the network connection or GOPROXY, then run ` +
      `the same command again (the network is not needed once everything is built), details are in ${log}.`,
  },
  { pattern: /signal: killed/, sentence: (build) => outOfMemory(build) },
];

const outOfMemory = ({ binary, log }: FailedBuild): string =>
  `The build of ${binary} was killed, most likely because memory ran out: give the machine 4 GB of free memory or set ` +
  `GOMAXPROCS=1, then run the same command again, details are in ${log}.`;

const lastLines = (output: string): string =>
  output
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("go: downloading "))
    .slice(-3)
    .map((line) => line.trim())
    .join(" / ");
