/** Parts of a version; `patch` is 0 if the version has only two. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Parses a version such as `1.12.1`, `1.36` or `v1.36.3+k3s1`; returns undefined for other text. */
export function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:\D.*)?$/.exec(text);
  if (match === null) return undefined;
  const [major = 0, minor = 0, patch = 0] = match.slice(1, 4).map((number) => Number(number ?? 0));
  return { major, minor, patch };
}

/** Returns a negative number if `one` is older than `other`, a positive number if it is newer, and 0 if they are equal. */
export function compareVersions(one: Version, other: Version): number {
  return one.major - other.major || one.minor - other.minor || one.patch - other.patch;
}
