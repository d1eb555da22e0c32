import { settingWithChartKey } from "./settings/table";

/** The names of settings whose value is another one than before, and that Longhorn takes over only when no volume is attached. */
export function deferredSettings(old: unknown, values: unknown): string[] {
  const [before, after] = [settingsIn(old), settingsIn(values)];
  return Object.entries(after).flatMap(([key, value]) => {
    const setting = settingWithChartKey(key);
    const changed = before[key] !== undefined && value !== undefined && value !== before[key];
    return setting?.waitsForDetached === true && changed ? [setting.name] : [];
  });
}

/** What is to be said about them. */
export function deferredSettingsWarnings(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    `Longhorn takes over a change of ${names.join(", ")} only when no volume is attached, of other teams neither; until then the ` +
      "objects settings.longhorn.io say applied: false, and everything goes on as before",
  ];
}

function settingsIn(values: unknown): Readonly<Record<string, unknown>> {
  const { defaultSettings } = (values ?? {}) as { defaultSettings?: Readonly<Record<string, unknown>> };
  return defaultSettings ?? {};
}
