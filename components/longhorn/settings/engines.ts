import { isAtLeast } from "../version";
import type { DataEngine, LonghornSetting } from "./setting";

/** First release with a value per data engine for some settings. */
const firstWithEngines = "1.10.0";

/** Returns the engines that have a separate value of the setting; undefined if it has a single value. */
export function enginesOf({ default: byDefault }: LonghornSetting): DataEngine[] | undefined {
  return typeof byDefault === "string" ? undefined : (Object.keys(byDefault) as DataEngine[]);
}

/** Returns Longhorn's default of a setting. With a value per engine, returns that of `engine`, or of the first one. */
export function defaultOf({ default: byDefault }: LonghornSetting, engine?: DataEngine): string {
  if (typeof byDefault === "string") return byDefault;
  return (engine === undefined ? Object.values(byDefault)[0] : byDefault[engine]) ?? "";
}

/** Returns the engines that have a separate value in a version. Before 1.10, only the v1 engine has one. */
export function enginesIn(version: string, setting: LonghornSetting): DataEngine[] | undefined {
  const engines = enginesOf(setting);
  return engines && (isAtLeast(version, firstWithEngines) ? engines : engines.filter((engine) => engine === "v1"));
}

/** Returns the values of a setting per engine. A single value applies to all engines of that version. */
export function valuesByEngine(
  version: string,
  setting: LonghornSetting,
  value: unknown,
): Partial<Record<DataEngine, unknown>> {
  if (typeof value === "object" && value !== null) return value;
  return Object.fromEntries((enginesIn(version, setting) ?? []).map((engine) => [engine, value]));
}

/**
 * Returns the text of a setting with a value per engine, given the values that differ from the default. All engines must be
 * named. If all values are equal, a single value means the same in all releases.
 */
export function engineText(
  version: string,
  setting: LonghornSetting,
  values: Readonly<Partial<Record<DataEngine, string>>>,
): string {
  const engines = enginesIn(version, setting) ?? [];
  const whole = engines.map((engine) => [engine, values[engine] ?? defaultOf(setting, engine)] as const);
  const [, first = ""] = whole[0] ?? [];
  return whole.every(([, value]) => value === first) ? first : JSON.stringify(Object.fromEntries(whole));
}

/** Returns Longhorn's default in the form of the input. */
export function defaultInput(setting: LonghornSetting): unknown {
  const engines = enginesOf(setting);
  const valueOf = (text: string): unknown => {
    if (setting.type === "bool") return text === "true";
    return setting.type === "string" ? text : Number(text);
  };
  if (engines === undefined) return valueOf(defaultOf(setting));
  return Object.fromEntries(engines.map((engine) => [engine, valueOf(defaultOf(setting, engine))]));
}
