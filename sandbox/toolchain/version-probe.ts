import { execFile } from "node:child_process";

/** How to ask a program for its version, and which versions fit. */
export interface VersionProbe {
  arguments: readonly string[];
  /** Its first group is the version in what the program answers. */
  version: RegExp;
  /** The same major and minor version, or the same major version and not older. */
  accepts: { sameMinor: string } | { atLeast: string };
  /** Programs that must lie in the same folder, since they belong to the same installation. */
  together?: readonly string[];
}

/** Milliseconds after which a program that does not answer is taken as one that does not fit. */
const answerWithin = 10_000;

/** The version that `file` answers if it fits, else undefined. */
export async function fittingVersion(
  file: string,
  probe: VersionProbe,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const version = probe.version.exec(await answer(file, probe.arguments, env))?.[1];
  return version !== undefined && accepts(probe.accepts, version) ? version : undefined;
}

/** Whether a version fits. Pre-releases count as the release they lead to. */
export function accepts(rule: VersionProbe["accepts"], version: string): boolean {
  const wanted = numbers("sameMinor" in rule ? rule.sameMinor : rule.atLeast);
  const found = numbers(version);
  if (!wanted || !found || wanted[0] !== found[0]) return false;
  return "sameMinor" in rule ? wanted[1] === found[1] : compareVersions(version, rule.atLeast) >= 0;
}

/** Negative, 0 or positive as `a` is older than, the same as or newer than `b`; suffixes do not count. */
export function compareVersions(a: string, b: string): number {
  const left = numbers(a) ?? [0, 0, 0];
  const right = numbers(b) ?? [0, 0, 0];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

function numbers(version: string): [number, number, number] | undefined {
  const match = /^(?:v|go)?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/** Standard output and error together, empty where the program cannot be run. */
const answer = (file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> =>
  new Promise((resolve) => {
    execFile(file, args, { env, timeout: answerWithin, killSignal: "SIGKILL" }, (error, stdout, stderr) =>
      resolve(error ? "" : `${stdout}\n${stderr}`.trim()),
    );
  });
