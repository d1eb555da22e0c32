import { engineText, enginesIn, valuesByEngine } from "./engines";
import { chartKeyIn } from "./releases";
import type { DataEngine, LonghornSetting } from "./setting";
import type { LonghornSettingsArgs } from "./settings-args";
import { storeSettings } from "./store-settings";
import { settingNamed, settingOfInput, type SettingName } from "./table";
import { settingText } from "./value-rule";
import { yamlText } from "./yaml-text";

/**
 * The chart's `defaultSettings` for a version: what a store depends on, under that what other inputs decide, and over both the
 * settings that were chosen, in which `settingsViolations` found nothing wrong. Each value is a text, which all releases accept.
 *
 * @param decided values that other inputs decide, by the settings' names
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

/** Nothing for a version whose chart has no key for it. */
function written(version: string, setting: LonghornSetting | undefined, text: string): [key: string, text: string][] {
  if (setting === undefined) return [];
  const key = chartKeyIn(version, setting);
  return key === undefined ? [] : [[key, isFreeText(setting) ? yamlText(version, text, quotedSince(setting)) : text]];
}

/** Words from a list, numbers and truth values mean the same to YAML with and without quotes. */
function isFreeText({ type, options }: LonghornSetting): boolean {
  return type === "string" && options === undefined;
}

/** The charts quote texts from 1.10.0 on, all but this one. */
function quotedSince({ name }: LonghornSetting): string {
  const never = "1000.0.0";
  return name === "blacklist-for-auto-delete-pod-when-volume-detached-unexpectedly" ? never : "1.10.0";
}
