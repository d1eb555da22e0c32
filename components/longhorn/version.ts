import type { Rule } from "../validation/rules";
import { compareVersions, parseVersion, type Version } from "../version";

/** Version of Longhorn, which chart and app share, such as `1.12.1`. */
const grammar = /^(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})(-[0-9A-Za-z.-]+)?$/;

/** Default version of Longhorn. */
export const defaultVersion = "1.12.1";

/** Oldest version in the settings table. 1.5.0 is also the first version that refuses to skip a minor version. */
const oldestVersion = "1.5.0";

export const versionRule: Rule = {
  allowed: `a full version, ${oldestVersion} or later, without a leading "v"`,
  holds: (value) => typeof value === "string" && isVersion(value) && isAtLeast(value, oldestVersion),
  example: defaultVersion,
  meant: (value) => (typeof value === "string" ? value.replace(/^v/i, "").replace(/\b0+(?=\d)/g, "") : undefined),
};

/** Reports whether a string is a full version without a leading `v`. */
export function isVersion(text: string): boolean {
  return grammar.test(text);
}

/** Reports whether `version` is `minimum` or later. A pre-release counts as its release. */
export function isAtLeast(version: string, minimum: string): boolean {
  return compareVersions(numbersOf(version), numbersOf(minimum)) >= 0;
}

/** Returns the major and minor number, which upgrades depend on. */
export function minorOf(version: string): { major: number; minor: number } {
  const { major, minor } = numbersOf(version);
  return { major, minor };
}

/** Reports whether two versions have the same minor version, and therefore the same settings and access modes. */
export function isSameMinor(one: string, other: string): boolean {
  const [left, right] = [minorOf(one), minorOf(other)];
  return left.major === right.major && left.minor === right.minor;
}

function numbersOf(version: string): Version {
  const numbers = isVersion(version) ? parseVersion(version) : undefined;
  if (numbers === undefined) throw new RangeError(`"${version}" is not a version such as 1.12.1`);
  return numbers;
}
