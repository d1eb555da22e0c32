import { nearestKey } from "../../validation/nearest-key";
import type { Violation } from "../../validation/violations";
import { isAtLeast } from "../version";
import { chartBugWith } from "./known-chart-bugs";
import { chartKeyIn, releasesText } from "./releases";
import { longhornSettings, settingOfInput } from "./table";

/** Newest release in the settings table. A newer chart may have unknown keys. */
export const newestKnown = "1.12.1";

/**
 * First release that drops only the unknown setting. Until 1.9, an unknown name makes Longhorn's manager drop all settings that
 * the chart writes.
 */
const firstThatDropsOne = "1.10.0";

/**
 * Returns the violations of keys in `values.defaultSettings` that the chart of a version drops, or writes under a name that
 * Longhorn drops.
 */
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
        `unset with version ${version}: its chart writes it as ${bug.writes}, a name that Longhorn does not know, ${dropped}`,
      );
    }
    if (keys.includes(key) || !isAtLeast(newestKnown, version)) return [];
    const { charts } = settingOfInput(key) ?? {};
    if (charts !== undefined) {
      return found(`unset with version ${version}, whose chart drops it; available ${releasesText(charts)}`);
    }
    const nearest = nearestKey(key, keys);
    return found(
      `a key of the chart ${version}, which drops unknown keys${nearest === undefined ? "" : `; did you mean ${nearest}?`}`,
    );
  });
}
