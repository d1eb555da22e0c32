import { execFile } from "node:child_process";

/** Command that prints the version of a program, and the accepted versions. */
export interface VersionProbe {
  arguments: readonly string[];
  /** Pattern of the output. Its first group is the version. */
  version: RegExp;
  /** Either the same major and minor version, or the same major version and not older. */
  accepts: { sameMinor: string } | { atLeast: string };
  /** Programs that must be in the same folder, as parts of the same installation. */
  together?: readonly string[];
}

/** Timeout in milliseconds. A program that does not respond is not accepted. */
const answerWithin = 10_000;

/** Returns the version of `file` if it is accepted; otherwise undefined. */
export async function fittingVersion(
  file: string,
  probe: VersionProbe,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const version = probe.version.exec(await answer(file, probe.arguments, env))?.[1];
  return version !== undefined && accepts(probe.accepts, version) ? version : undefined;
}

/** Reports whether a version is accepted. A pre-release counts as its release. */
export function accepts(rule: VersionProbe["accepts"], version: string): boolean {
  const wanted = numbers("sameMinor" in rule ? rule.sameMinor : rule.atLeast);
  const found = numbers(version);
  if (!wanted || !found || wanted[0] !== found[0]) return false;
  return "sameMinor" in rule ? wanted[1] === found[1] : compareVersions(version, rule.atLeast) >= 0;
}

/**
 * Returns a negative number, 0 or a positive number if `a` is older than, equal to or newer than `b`. Suffixes are
 * ignored.
 */
export function compareVersions(a: string, b: string): number {
  const left = numbers(a) ?? [0, 0, 0];
  const right = numbers(b) ?? [0, 0, 0];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

function numbers(version: string): [number, number, number] | undefined {
  const match = /^(?:v|go)?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/** Returns standard output and standard error; empty if the program cannot be run. */
const answer = (file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> =>
  new Promise((resolve) => {
    execFile(file, args, { env, timeout: answerWithin, killSignal: "SIGKILL" }, (error, stdout, stderr) =>
      resolve(error ? "" : `${stdout}\n${stderr}`.trim()),
    );
  });
