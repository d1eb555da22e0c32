import type { Rule } from "../validation/rules";
import { compareVersions, parseVersion, type Version } from "../version";

/** Longhorn's versions, of which chart and app have the same, as in `1.12.1`. */
const grammar = /^(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})(-[0-9A-Za-z.-]+)?$/;

/** The version that is installed unless another is asked for. */
export const defaultVersion = "1.12.1";

/** The oldest whose settings the table in `settings.ts` speaks of; 1.5.0 also was the first to refuse skipping a version. */
const oldestVersion = "1.5.0";

export const versionRule: Rule = {
  allowed: `a version in full, ${oldestVersion} or newer, without "v"`,
  holds: (value) => typeof value === "string" && isVersion(value) && isAtLeast(value, oldestVersion),
  example: defaultVersion,
  meant: (value) => (typeof value === "string" ? value.replace(/^v/i, "").replace(/\b0+(?=\d)/g, "") : undefined),
};

/** Whether `text` is a version in full, without a leading `v`. */
export function isVersion(text: string): boolean {
  return grammar.test(text);
}

/** Whether `version` is `minimum` or newer. A pre-release counts as its release. */
export function isAtLeast(version: string, minimum: string): boolean {
  return compareVersions(numbersOf(version), numbersOf(minimum)) >= 0;
}

/** Major and minor number, which decide about upgrades. */
export function minorOf(version: string): { major: number; minor: number } {
  const { major, minor } = numbersOf(version);
  return { major, minor };
}

/** Whether both are of the same minor version: the same settings, the same access modes. */
export function isSameMinor(one: string, other: string): boolean {
  const [left, right] = [minorOf(one), minorOf(other)];
  return left.major === right.major && left.minor === right.minor;
}

function numbersOf(version: string): Version {
  const numbers = isVersion(version) ? parseVersion(version) : undefined;
  if (numbers === undefined) throw new RangeError(`"${version}" is not a version such as 1.12.1`);
  return numbers;
}
