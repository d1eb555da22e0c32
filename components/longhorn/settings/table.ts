import type { LonghornSetting } from "./setting";
import { backupSettings } from "./table/backup";
import { dangerZoneSettings } from "./table/danger-zone";
import { generalSettings } from "./table/general";
import { orphanSettings } from "./table/orphan";
import { schedulingSettings } from "./table/scheduling";
import { snapshotSettings } from "./table/snapshot";
import { systemInfoSettings } from "./table/system-info";
import { v2DataEngineSettings } from "./table/v2-data-engine";

/** All settings, by the categories of Longhorn's documentation and UI. */
export const settingsByCategory = {
  general: generalSettings,
  scheduling: schedulingSettings,
  backup: backupSettings,
  snapshot: snapshotSettings,
  orphan: orphanSettings,
  "danger zone": dangerZoneSettings,
  "v2 data engine": v2DataEngineSettings,
  "system info": systemInfoSettings,
} as const satisfies Record<string, readonly LonghornSetting[]>;

/** Name of a setting. */
export type SettingName = (typeof settingsByCategory)[keyof typeof settingsByCategory][number]["name"];

/** All settings of all releases since 1.5.0. */
export const longhornSettings: readonly LonghornSetting[] = Object.values(settingsByCategory).flat();

const byName = new Map(longhornSettings.map((setting) => [setting.name, setting]));
const byInput = new Map(longhornSettings.flatMap((setting) => (setting.input ? [[setting.input, setting]] : [])));

/** Returns the setting with a name; undefined if no release has it. */
export function settingNamed(name: string): LonghornSetting | undefined {
  return byName.get(name);
}

/** Returns the setting that an input sets. */
export function settingOfInput(input: string): LonghornSetting | undefined {
  return byInput.get(input);
}

/** Returns the setting of a chart key, in the spelling of any chart. */
export function settingWithChartKey(key: string): LonghornSetting | undefined {
  return byInput.get(key) ?? longhornSettings.find(({ charts = [] }) => charts.some(({ as }) => as === key));
}
