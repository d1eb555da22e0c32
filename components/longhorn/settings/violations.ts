import { nearestKey } from "../../validation/nearest-key";
import { isPlainObject } from "../../validation/property-path";
import { check } from "../../validation/rules";
import type { Fix, Violation } from "../../validation/violations";
import { combinationViolations } from "./combinations";
import { PodDeletionPolicy } from "../pod-deletion-policy";
import { owningInputs, inputsOutsideSettings } from "./owned-settings";
import { enginesIn, enginesOf } from "./engines";
import { chartKeyIn, releasesText } from "./releases";
import type { DataEngine, LonghornSetting } from "./setting";
import { longhornSettings, settingNamed, settingOfInput } from "./table";
import { optionsIn, readings, valueRule } from "./value-rule";

const inputs = longhornSettings.flatMap(({ input }) => input ?? []);

/** Returns the violations of the settings for a version of Longhorn. */
export function settingsViolations(settings: unknown, version: string): Violation[] {
  if (settings === undefined) return [];
  if (!isPlainObject(settings)) {
    const allowed = "an object of settings, by their names in the chart's defaultSettings";
    return [{ field: "settings", got: settings, allowed, fixes: [{ field: "settings" }] }];
  }
  const each = Object.entries(settings).flatMap(([input, value]) =>
    value === undefined ? [] : settingViolations(version, input, value),
  );
  // Combinations are checked only if all types are valid.
  return each.length > 0 ? each : combinationViolations(settings);
}

function settingViolations(version: string, input: string, value: unknown): Violation[] {
  const field = `settings.${input}`;
  if (Object.hasOwn(owningInputs, input)) return [decidedViolation(field, input, value)];
  const setting = settingOfInput(input);
  if (setting === undefined) return [unknownInput(version, input, value)];
  if (chartKeyIn(version, setting) === undefined) return [notInRelease(version, setting, value)];
  const engines = enginesIn(version, setting);
  if (engines === undefined) return valueViolations(version, setting, field, value);
  return engineViolations(version, setting, value, engines);
}

/** Returns the violation of a setting that another input owns. `field` may spell its name differently. */
function decidedViolation(field: string, input: string, got: unknown): Violation {
  const elsewhere = owningInputs[input] ?? "";
  const policies: readonly string[] = Object.values(PodDeletionPolicy);
  const policy = policies.find((one) => one === String(got).toLowerCase());
  const fix =
    elsewhere === "podDeletionPolicy" && policy !== undefined
      ? { field: elsewhere, value: policy, instead: field }
      : { field };
  return { field, got, allowed: `unset; use the input ${elsewhere}`, fixes: [fix] };
}

/** Returns the violation of an unknown name. It suggests the nearest name, or explains how to set a setting without a chart key. */
function unknownInput(version: string, input: string, got: unknown): Violation {
  const field = `settings.${input}`;
  const elsewhere = inputElsewhere(input);
  if (elsewhere !== undefined) {
    const fixes = [{ field: elsewhere, value: got, instead: field }];
    return { field, got, allowed: `unset; use the input ${elsewhere}`, fixes };
  }
  const withoutKey = settingNamed(input) ?? settingNamed(kebab(input));
  if (withoutKey?.input === undefined && withoutKey !== undefined) return withoutChartKey(field, got, withoutKey);
  const nearest = withoutKey?.input ?? nearestKey(input, inputs);
  if (nearest !== undefined && Object.hasOwn(owningInputs, nearest)) return decidedViolation(field, nearest, got);
  const meant = nearest === undefined ? undefined : settingOfInput(nearest);
  const isThere = meant !== undefined && chartKeyIn(version, meant) !== undefined;
  const rename: Fix[] = isThere
    ? [{ field: `settings.${meant.input ?? ""}`, value: nearestValue(version, meant, got), instead: field }]
    : [];
  const allowed = `a setting with a key in Longhorn's chart${nearest === undefined ? "" : `; did you mean ${nearest}?`}`;
  return { field, got, allowed, fixes: [...rename, { field }] };
}

/** Returns the input outside of `settings` for a parameter of a StorageClass or a key of the chart. */
function inputElsewhere(input: string): string | undefined {
  const known = Object.keys(inputsOutsideSettings).find((name) => name.toLowerCase() === input.toLowerCase());
  return known === undefined ? undefined : inputsOutsideSettings[known];
}

/** Returns `got` if it is valid; otherwise its reading, the nearest option, or an example. */
function nearestValue(version: string, setting: LonghornSetting, got: unknown, engine?: DataEngine): unknown {
  const rule = valueRule(version, setting, engine);
  const meant = [got, ...readings(got), nearestOption(got, optionsIn(version, setting))];
  return meant.find((value) => rule.holds(value)) ?? rule.example;
}

function withoutChartKey(field: string, got: unknown, { name, readOnly = false }: LonghornSetting): Violation {
  const patch = `kubectl -n longhorn-system patch settings.longhorn.io ${name} --type merge -p '{"value":"…"}'`;
  const allowed = readOnly
    ? `unset, because only Longhorn sets ${name}`
    : `unset, because no chart supports ${name}; set it after the installation: ${patch}`;
  return { field, got, allowed, fixes: [{ field }] };
}

function notInRelease(version: string, setting: LonghornSetting, got: unknown): Violation {
  const { input = "", charts = [], replacedBy } = setting;
  const field = `settings.${input}`;
  const successor = replacedBy === undefined ? undefined : settingNamed(replacedBy)?.input;
  const instead = successor === undefined ? "" : `; replaced by ${successor}`;
  return {
    field,
    got,
    allowed: `unset with version ${version}, whose chart drops it; available ${releasesText(charts)}${instead}`,
    fixes: [{ field }],
  };
}

function engineViolations(version: string, setting: LonghornSetting, value: unknown, engines: string[]): Violation[] {
  const field = `settings.${setting.input ?? ""}`;
  if (!isPlainObject(value) || Object.keys(value).length === 0) {
    const orEach = `, or an object with a value per data engine: ${engines.join(", ")}`;
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
      ? `unset with version ${version}: values for ${engine} are available since 1.10.0`
      : `unset, because the setting has values for ${engines.join(" and ")} only`;
    return [{ field: place, got: ofEngine, allowed, fixes: [{ field: place }] }];
  });
}

function valueViolations(
  version: string,
  setting: LonghornSetting,
  field: string,
  value: unknown,
  engine?: DataEngine,
): Violation[] {
  return check(field, value, valueRule(version, setting, engine)).map((violation) => ({
    ...violation,
    fixes: [{ field, value: nearestValue(version, setting, value, engine) }],
  }));
}

function nearestOption(value: unknown, options: readonly (string | number)[] | undefined): string | undefined {
  if (typeof value !== "string") return undefined;
  return nearestKey(value, options?.filter((option) => typeof option === "string") ?? []);
}

/** Returns `log-level` for `logLevel`. */
function kebab(input: string): string {
  return input.replace(/[A-Z]+/g, (capitals) => `-${capitals.toLowerCase()}`);
}
