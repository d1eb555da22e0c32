/** Numbers of a version; `patch` is 0 if the version has two numbers only. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Returns the numbers of a version such as `1.12.1`, `1.36` or `v1.36.3+k3s1`; undefined if the text is no version. */
export function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:\D.*)?$/.exec(text);
  if (match === null) return undefined;
  const [major = 0, minor = 0, patch = 0] = match.slice(1, 4).map((number) => Number(number ?? 0));
  return { major, minor, patch };
}

/** Returns a negative number, 0 or a positive one if `one` is older than `other`, the same or newer. */
export function compareVersions(one: Version, other: Version): number {
  return one.major - other.major || one.minor - other.minor || one.patch - other.patch;
}
