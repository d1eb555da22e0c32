import { isAtLeast } from "../version";
import type { ChartReleases, LonghornSetting, Releases } from "./setting";

/** Whether a version is one of the releases. */
export function isAmong(version: string, { first, last }: Releases): boolean {
  return isAtLeast(version, first) && (last === undefined || isAtMost(version, last));
}

/** The key under `defaultSettings` that writes the setting with the chart of a version; undefined where none does. */
export function chartKeyIn(version: string, { input, charts = [] }: LonghornSetting): string | undefined {
  const found: ChartReleases | undefined = charts.find((releases) => isAmong(version, releases));
  return found && (found.as ?? input);
}

/** Releases in words, such as `1.5.0 to 1.7, and from 1.9.2 on`. */
export function releasesText(releases: readonly Releases[]): string {
  const spans = joined(releases).map(({ first, last }) => {
    if (last === undefined) return `from ${first} on`;
    return first === last ? first : `${first} to ${last}`;
  });
  return spans.join(", and ");
}

/** Ranges that follow each other, as where only the chart's spelling changed, are one. */
function joined(releases: readonly Releases[]): Releases[] {
  return releases.reduce<Releases[]>((spans, { first, last }) => {
    const before = spans.at(-1);
    if (before?.last === undefined || !follows(before.last, first)) return [...spans, { first, last }];
    return [...spans.slice(0, -1), { first: before.first, last }];
  }, []);
}

/** Whether nothing was released between a last release and a first one. */
function follows(last: string, first: string): boolean {
  const [lastMinor = 0, lastPatch] = last.split(".").slice(1).map(Number);
  const [firstMinor = 0, firstPatch] = first.split(".").slice(1).map(Number);
  if (lastPatch === undefined) return firstMinor === lastMinor + 1 && firstPatch === 0;
  return firstMinor === lastMinor && firstPatch === lastPatch + 1;
}

/** Whether a version is not after a release, or not after a minor version. */
function isAtMost(version: string, last: string): boolean {
  if (isAtLeast(withPatch(last, "0"), version)) return true;
  return last.split(".").length === 2 && version.startsWith(`${last}.`);
}

function withPatch(release: string, patch: string): string {
  return release.split(".").length === 2 ? `${release}.${patch}` : release;
}
