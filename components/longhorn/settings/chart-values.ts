import { isPlainObject } from "../../validation/property-path";
import { isLater } from "../../validation/rules";
import type { Violation } from "../../validation/violations";
import { isAtLeast } from "../version";
import { enginesIn } from "./engines";
import { chartKeyIn } from "./releases";
import type { DataEngine, LonghornSetting } from "./setting";
import type { LonghornSettingsArgs } from "./settings-args";
import { settingWithChartKey } from "./table";
import { readings, valueRule } from "./value-rule";

/** Value of `values.defaultSettings`, and the setting that the chart writes it to. */
interface ChartValue {
  readonly key: string;
  readonly value: unknown;
  readonly setting: LonghornSetting;
}

/** Returns the violations of values in `values.defaultSettings` that Longhorn's manager of a version would refuse. */
export function chartValueViolations(settings: Readonly<Record<string, unknown>>, version: string): Violation[] {
  return chartValues(settings, version).flatMap(({ key, value, setting }) => {
    const parts = valuesByEngine(version, setting, value);
    const refused = parts.find(([engine, part]) => readingOf(version, setting, part, engine) === undefined);
    if (refused === undefined) return [];
    const [engine] = refused;
    const rule = valueRule(version, setting, engine);
    const field = `values.defaultSettings.${key}`;
    const allowed = engine === undefined ? rule.allowed : `${rule.allowed}, for ${engine}`;
    return [{ field, got: value, allowed, fixes: [{ field, value: rule.example }] }];
  });
}

/** Returns the valid values of `values.defaultSettings` in the form of the input `settings`. */
export function settingsInValues(settings: Readonly<Record<string, unknown>>, version: string): LonghornSettingsArgs {
  const entries = chartValues(settings, version).flatMap(({ value, setting }) => {
    const read = valuesByEngine(version, setting, value).map(([engine, part]) => {
      return [engine, readingOf(version, setting, part, engine)] as const;
    });
    if (read.some(([, part]) => part === undefined)) return [];
    const [whole] = read;
    const byEngine = Object.fromEntries(read.map(([engine, part]) => [engine ?? "v1", part]));
    return [[setting.input, whole?.[0] === undefined ? whole?.[1] : byEngine] as const];
  });
  return Object.fromEntries(entries) as LonghornSettingsArgs;
}

/** Returns the known values, without Outputs and `null`, which removes a default of the chart. */
function chartValues(settings: Readonly<Record<string, unknown>>, version: string): ChartValue[] {
  return Object.entries(settings).flatMap(([key, value]) => {
    const setting = settingWithChartKey(key);
    const isWritten = setting !== undefined && chartKeyIn(version, setting) === key;
    return isWritten && value !== undefined && value !== null && !isLater(value) ? [{ key, value, setting }] : [];
  });
}

/** Returns the values of a setting by engine. They may be in an object or in a JSON string; a scalar applies to all engines. */
function valuesByEngine(
  version: string,
  setting: LonghornSetting,
  value: unknown,
): (readonly [DataEngine | undefined, unknown])[] {
  const engines = enginesIn(version, setting);
  if (engines === undefined) return [[undefined, value]];
  const given = typeof value === "string" && value.startsWith("{") ? parsed(value) : value;
  if (!isPlainObject(given)) return engines.map((engine) => [engine, given] as const);
  return engines.filter((engine) => Object.hasOwn(given, engine)).map((engine) => [engine, given[engine]] as const);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** Returns the value in the form of the input `settings`; undefined if the manager refuses it. */
function readingOf(version: string, setting: LonghornSetting, value: unknown, engine?: DataEngine): unknown {
  if (isLater(value)) return value;
  const { before } = setting;
  if (before?.options !== undefined && !isAtLeast(version, before.release)) {
    const index = before.options.indexOf(String(value));
    return index === -1 ? undefined : index === 0;
  }
  const rule = valueRule(version, setting, engine);
  return [value, ...readings(value)].find((reading) => rule.holds(reading));
}
