import { settingWithChartKey } from "./settings/table";

/** Returns the names of changed settings that Longhorn applies only while no volume is attached. */
export function deferredSettings(old: unknown, values: unknown): string[] {
  const [before, after] = [settingsIn(old), settingsIn(values)];
  return Object.entries(after).flatMap(([key, value]) => {
    const setting = settingWithChartKey(key);
    const changed = before[key] !== undefined && value !== undefined && value !== before[key];
    return setting?.waitsForDetached === true && changed ? [setting.name] : [];
  });
}

/** Returns the warning about deferred settings. */
export function deferredSettingsWarnings(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    `Longhorn applies a change of ${names.join(", ")} only while no volume of any team is attached. Until then the objects ` +
      "settings.longhorn.io have applied: false, and the old values stay in effect",
  ];
}

function settingsIn(values: unknown): Readonly<Record<string, unknown>> {
  const { defaultSettings } = (values ?? {}) as { defaultSettings?: Readonly<Record<string, unknown>> };
  return defaultSettings ?? {};
}
