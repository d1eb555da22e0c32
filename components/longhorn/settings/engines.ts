import { isAtLeast } from "../version";
import type { DataEngine, LonghornSetting } from "./setting";

/** The release from which on some settings have a value for each data engine. */
const firstWithEngines = "1.10.0";

/** The engines for which Longhorn has a value of the setting; undefined where it has one for all. */
export function enginesOf({ default: byDefault }: LonghornSetting): DataEngine[] | undefined {
  return typeof byDefault === "string" ? undefined : (Object.keys(byDefault) as DataEngine[]);
}

/** Longhorn's own default of a setting; where it has one for each engine, that of `engine` or of the first. */
export function defaultOf({ default: byDefault }: LonghornSetting, engine?: DataEngine): string {
  if (typeof byDefault === "string") return byDefault;
  return (engine === undefined ? Object.values(byDefault)[0] : byDefault[engine]) ?? "";
}

/** The engines whose value of a setting a version takes: before 1.10 there was one for the v1 engine alone. */
export function enginesIn(version: string, setting: LonghornSetting): DataEngine[] | undefined {
  const engines = enginesOf(setting);
  return engines && (isAtLeast(version, firstWithEngines) ? engines : engines.filter((engine) => engine === "v1"));
}

/** Returns the values of a setting for each engine; a value alone is that of every engine that a version takes. */
export function valuesByEngine(
  version: string,
  setting: LonghornSetting,
  value: unknown,
): Partial<Record<DataEngine, unknown>> {
  if (typeof value === "object" && value !== null) return value;
  return Object.fromEntries((enginesIn(version, setting) ?? []).map((engine) => [engine, value]));
}

/**
 * The text for a setting that has a value for each engine, from those that differ from the default. All engines have to be named;
 * where all have the same value, that alone means the same to every release.
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

/** Longhorn's own default as the input takes it. */
export function defaultInput(setting: LonghornSetting): unknown {
  const engines = enginesOf(setting);
  const valueOf = (text: string): unknown => {
    if (setting.type === "bool") return text === "true";
    return setting.type === "string" ? text : Number(text);
  };
  if (engines === undefined) return valueOf(defaultOf(setting));
  return Object.fromEntries(engines.map((engine) => [engine, valueOf(defaultOf(setting, engine))]));
}
