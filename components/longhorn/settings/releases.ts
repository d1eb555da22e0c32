import { isAtLeast } from "../version";
import type { ChartReleases, LonghornSetting, Releases } from "./setting";

/** Reports whether a version is in a range of releases. */
export function isAmong(version: string, { first, last }: Releases): boolean {
  return isAtLeast(version, first) && (last === undefined || isAtMost(version, last));
}

/** Returns the key of `defaultSettings` that sets the setting with the chart of a version; undefined if none does. */
export function chartKeyIn(version: string, { input, charts = [] }: LonghornSetting): string | undefined {
  const found: ChartReleases | undefined = charts.find((releases) => isAmong(version, releases));
  return found && (found.as ?? input);
}

/** Returns a description of releases, such as `1.5.0 to 1.7, and since 1.9.2`. */
export function releasesText(releases: readonly Releases[]): string {
  const spans = joined(releases).map(({ first, last }) => {
    if (last === undefined) return `since ${first}`;
    return first === last ? first : `${first} to ${last}`;
  });
  return spans.join(", and ");
}

/** Joins adjacent ranges, for example if only the chart's spelling changed. */
function joined(releases: readonly Releases[]): Releases[] {
  return releases.reduce<Releases[]>((spans, { first, last }) => {
    const before = spans.at(-1);
    if (before?.last === undefined || !follows(before.last, first)) return [...spans, { first, last }];
    return [...spans.slice(0, -1), { first: before.first, last }];
  }, []);
}

/** Reports whether `first` is the next release after `last`. */
function follows(last: string, first: string): boolean {
  const [lastMinor = 0, lastPatch] = last.split(".").slice(1).map(Number);
  const [firstMinor = 0, firstPatch] = first.split(".").slice(1).map(Number);
  if (lastPatch === undefined) return firstMinor === lastMinor + 1 && firstPatch === 0;
  return firstMinor === lastMinor && firstPatch === lastPatch + 1;
}

/** Reports whether a version is not later than a release, or than a minor version. */
function isAtMost(version: string, last: string): boolean {
  if (isAtLeast(withPatch(last, "0"), version)) return true;
  return last.split(".").length === 2 && version.startsWith(`${last}.`);
}

function withPatch(release: string, patch: string): string {
  return release.split(".").length === 2 ? `${release}.${patch}` : release;
}
