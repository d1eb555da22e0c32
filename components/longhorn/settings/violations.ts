import { nearestKey } from "../../validation/nearest-key";
import { check } from "../../validation/rules";
import type { Fix, Violation } from "../../validation/violations";
import { combinationViolations } from "./combinations";
import { decidedElsewhere } from "./decided";
import { enginesIn, enginesOf } from "./engines";
import { chartKeyIn, releasesText } from "./releases";
import type { LonghornSetting } from "./setting";
import { longhornSettings, settingNamed, settingOfInput } from "./table";
import { optionsIn, valueRule } from "./value-rule";

const inputs = longhornSettings.flatMap(({ input }) => input ?? []);

/** Everything that is wrong with the settings for a version of Longhorn. */
export function settingsViolations(settings: unknown, version: string): Violation[] {
  if (settings === undefined) return [];
  if (!isObject(settings)) {
    const allowed = "an object with settings by their names in the chart's defaultSettings";
    return [{ field: "settings", got: settings, allowed, fixes: [{ field: "settings" }] }];
  }
  const each = Object.entries(settings).flatMap(([input, value]) =>
    value === undefined ? [] : settingViolations(version, input, value),
  );
  // What is of the wrong type cannot be looked at together.
  return each.length > 0 ? each : combinationViolations(settings);
}

function settingViolations(version: string, input: string, value: unknown): Violation[] {
  const field = `settings.${input}`;
  const elsewhere = decidedElsewhere[input];
  if (elsewhere !== undefined) {
    const allowed = `nothing here: the input ${elsewhere} decides it`;
    return [{ field, got: value, allowed, fixes: [{ field }] }];
  }
  const setting = settingOfInput(input);
  if (setting === undefined) return [unknownInput(input, value)];
  if (chartKeyIn(version, setting) === undefined) return [notInRelease(version, setting, value)];
  const engines = enginesIn(version, setting);
  if (engines === undefined) return valueViolations(version, setting, field, value);
  return engineViolations(version, setting, value, engines);
}

/** A name that no release knows: the nearest one, or how a setting is written that no chart has a key for. */
function unknownInput(input: string, got: unknown): Violation {
  const field = `settings.${input}`;
  const withoutKey = settingNamed(input) ?? settingNamed(kebab(input));
  if (withoutKey?.input === undefined && withoutKey !== undefined) return withoutChartKey(field, got, withoutKey);
  const nearest = withoutKey?.input ?? nearestKey(input, inputs);
  const rename: Fix[] = nearest === undefined ? [] : [{ field: `settings.${nearest}`, value: got }];
  const allowed = `a setting that Longhorn's chart has a key for${nearest === undefined ? "" : `; the nearest is ${nearest}`}`;
  return { field, got, allowed, fixes: [...rename, { field }] };
}

function withoutChartKey(field: string, got: unknown, { name, readOnly = false }: LonghornSetting): Violation {
  const patch = `kubectl -n longhorn-system patch settings.longhorn.io ${name} --type merge -p '{"value":"…"}'`;
  const allowed = readOnly
    ? `nothing: Longhorn alone writes ${name}`
    : `nothing here: no chart writes ${name} in a way that Longhorn reads; once it runs: ${patch}`;
  return { field, got, allowed, fixes: [{ field }] };
}

function notInRelease(version: string, setting: LonghornSetting, got: unknown): Violation {
  const { input = "", charts = [], replacedBy } = setting;
  const field = `settings.${input}`;
  const successor = replacedBy === undefined ? undefined : settingNamed(replacedBy)?.input;
  const instead = successor === undefined ? "" : `; ${successor} took its place`;
  return {
    field,
    got,
    allowed: `nothing with version ${version}, whose chart would drop it; it is there ${releasesText(charts)}${instead}`,
    fixes: [{ field }],
  };
}

function engineViolations(version: string, setting: LonghornSetting, value: unknown, engines: string[]): Violation[] {
  const field = `settings.${setting.input ?? ""}`;
  if (!isObject(value) || Object.keys(value).length === 0) {
    const orEach = `, or an object with a value for each data engine: ${engines.join(", ")}`;
    return valueViolations(version, setting, field, value).map((violation) => ({
      ...violation,
      allowed: `${violation.allowed}${orEach}`,
    }));
  }
  return Object.entries(value).flatMap(([engine, ofEngine]) => {
    const place = `${field}.${engine}`;
    if (engine === "v1" || engine === "v2") {
      if (engines.includes(engine)) return valueViolations(version, setting, place, ofEngine, engine);
    }
    const later = enginesOf(setting)?.some((known) => known === engine) ?? false;
    const allowed = later
      ? `nothing with version ${version}: a value for ${engine} is there from 1.10.0 on`
      : `nothing: the setting has a value for ${engines.join(" and ")}`;
    return [{ field: place, got: ofEngine, allowed, fixes: [{ field: place }] }];
  });
}

function valueViolations(
  version: string,
  setting: LonghornSetting,
  field: string,
  value: unknown,
  engine?: "v1" | "v2",
): Violation[] {
  const [violation] = check(field, value, valueRule(version, setting, engine));
  if (violation === undefined) return [];
  const near = nearestOption(value, optionsIn(version, setting));
  return [near === undefined ? violation : { ...violation, fixes: [{ field, value: near }] }];
}

function nearestOption(value: unknown, options: readonly (string | number)[] | undefined): string | undefined {
  if (typeof value !== "string") return undefined;
  return nearestKey(value, options?.filter((option) => typeof option === "string") ?? []);
}

/** `log-level` for `logLevel`. */
function kebab(input: string): string {
  return input.replace(/[A-Z]+/g, (capitals) => `-${capitals.toLowerCase()}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
