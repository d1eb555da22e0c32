import { engineText, enginesIn, valuesByEngine } from "./engines";
import { chartKeyIn } from "./releases";
import type { DataEngine, LonghornSetting } from "./setting";
import type { LonghornSettingsArgs } from "./settings-args";
import { storeSettings } from "./store-settings";
import { settingNamed, settingOfInput, type SettingName } from "./table";
import { settingText } from "./value-rule";
import { yamlText } from "./yaml-text";

/**
 * Returns the chart's `defaultSettings` for a version: the settings that stores depend on, overridden by those of other inputs,
 * and by the validated settings of the user. All values are strings, which all releases accept.
 *
 * @param decided values of other inputs, by the names of the settings
 */
export function chartSettings(
  version: string,
  chosen: LonghornSettingsArgs = {},
  decided: Partial<Record<SettingName, string>> = {},
): Record<string, string> {
  const usual = Object.entries({ ...storeSettings, ...decided }).flatMap(([name, text]) =>
    written(version, settingNamed(name), text),
  );
  const own = Object.entries(chosen as Record<string, unknown>).flatMap(([input, value]) => {
    const setting = settingOfInput(input);
    return setting === undefined || value === undefined
      ? []
      : written(version, setting, chosenText(version, setting, value));
  });
  return Object.fromEntries([...usual, ...own]);
}

function chosenText(version: string, setting: LonghornSetting, value: unknown): string {
  if (enginesIn(version, setting) === undefined) return settingText(version, setting, value);
  const texts = Object.entries(valuesByEngine(version, setting, value)).map(([engine, ofEngine]) => [
    engine,
    settingText(version, setting, ofEngine),
  ]);
  return engineText(version, setting, Object.fromEntries(texts) as Partial<Record<DataEngine, string>>);
}

/** Returns the key and value; nothing if the chart of that version has no key for the setting. */
function written(version: string, setting: LonghornSetting | undefined, text: string): [key: string, text: string][] {
  if (setting === undefined) return [];
  const key = chartKeyIn(version, setting);
  return key === undefined ? [] : [[key, isFreeText(setting) ? yamlText(version, text, quotedSince(setting)) : text]];
}

/** Reports whether quotes matter: enumerated strings, numbers and booleans mean the same in YAML with and without them. */
function isFreeText({ type, options }: LonghornSetting): boolean {
  return type === "string" && options === undefined;
}

/** Returns the first chart version that quotes a setting. Charts quote strings since 1.10.0, except for this one. */
function quotedSince({ name }: LonghornSetting): string {
  const never = "1000.0.0";
  return name === "blacklist-for-auto-delete-pod-when-volume-detached-unexpectedly" ? never : "1.10.0";
}
