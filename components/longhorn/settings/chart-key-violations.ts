import { nearestKey } from "../../validation/nearest-key";
import type { Violation } from "../../validation/violations";
import { isAtLeast } from "../version";
import { chartBugWith } from "./known-chart-bugs";
import { chartKeyIn, releasesText } from "./releases";
import { longhornSettings, settingOfInput } from "./table";

/** The last release that the table of settings was compared with. A newer chart may have keys that it does not know. */
export const newestKnown = "1.12.1";

/** Up to 1.9 one unknown name makes Longhorn's manager drop all settings that the chart writes. */
const firstThatDropsOne = "1.10.0";

/** The keys of `values.defaultSettings` that the chart of a version would drop, or write so that Longhorn drops them. */
export function chartKeyViolations(settings: Readonly<Record<string, unknown>>, version: string): Violation[] {
  const keys = longhornSettings.flatMap((setting) => chartKeyIn(version, setting) ?? []);
  return Object.entries(settings).flatMap(([key, value]) => {
    const field = `values.defaultSettings.${key}`;
    const found = (allowed: string): Violation[] =>
      value === undefined || value === null ? [] : [{ field, got: value, allowed, fixes: [{ field }] }];
    const bug = chartBugWith(key, version);
    if (bug !== undefined) {
      const dropped = isAtLeast(version, firstThatDropsOne) ? "and drops it" : "and drops every setting with it";
      return found(
        `nothing with version ${version}, whose chart writes it as ${bug.writes}, a name that Longhorn does not know, ${dropped}`,
      );
    }
    if (keys.includes(key) || !isAtLeast(newestKnown, version)) return [];
    const { charts } = settingOfInput(key) ?? {};
    if (charts !== undefined) {
      return found(`nothing with version ${version}, whose chart drops it; it is there ${releasesText(charts)}`);
    }
    const nearest = nearestKey(key, keys);
    return found(
      `a key that the chart ${version} has, since it drops others${nearest === undefined ? "" : `; the nearest is ${nearest}`}`,
    );
  });
}
