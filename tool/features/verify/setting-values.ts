import { defaultOf, enginesOf } from "../../../components/longhorn/settings/engines";
import type { LonghornSetting } from "../../../components/longhorn/settings/setting";

/**
 * The value of a setting for each engine, of which Longhorn's object has JSON and the chart one text for all: as texts they cannot be
 * compared. Of a setting without engines, the value alone.
 */
export function valuesOf(setting: LonghornSetting, text: string): Record<string, string> {
  const engines = enginesOf(setting);
  const given = text.trim().startsWith("{") && engines !== undefined ? parsed(text) : undefined;
  if (given !== undefined)
    return Object.fromEntries(Object.entries(given).map(([engine, value]) => [engine, normal(setting, value)]));
  return Object.fromEntries((engines ?? ["all"]).map((engine) => [engine, normal(setting, text)]));
}

/** Whether two texts mean the same; only the engines that both name count, since older releases know one. */
export function meanSame(setting: LonghornSetting, one: string, other: string): boolean {
  const [left, right] = [valuesOf(setting, one), valuesOf(setting, other)];
  return Object.entries(left).every(([engine, value]) => right[engine] === undefined || right[engine] === value);
}

/** Whether a text is Longhorn's own default. */
export function isDefault(setting: LonghornSetting, text: string): boolean {
  const engines = enginesOf(setting);
  const byDefault =
    engines === undefined
      ? defaultOf(setting)
      : JSON.stringify(Object.fromEntries(engines.map((engine) => [engine, defaultOf(setting, engine)])));
  return meanSame(setting, byDefault, text);
}

function normal({ type }: LonghornSetting, value: unknown): string {
  const text = String(value).trim();
  if (type === "int" || type === "float") return text === "" ? "" : String(Number(text));
  return type === "bool" ? text.toLowerCase() : text;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
