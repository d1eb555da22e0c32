import type { Rule } from "../../validation/rules";
import { isAtLeast } from "../version";
import { defaultOf } from "./engines";
import { formats } from "./formats";
import type { DataEngine, LonghornSetting } from "./setting";

/** Maximum safe integer of JavaScript. Longhorn's integers have 64 bits. */
const largest = Number.MAX_SAFE_INTEGER;

/** Returns the rule for the values of a setting in a version, or for the value of one engine. */
export function valueRule(version: string, setting: LonghornSetting, engine?: DataEngine): Rule {
  const example = exampleOf(setting, engine);
  switch (setting.type) {
    case "bool":
      return { allowed: "true or false", holds: (value) => typeof value === "boolean", example };
    case "int":
    case "float":
      return { ...numberRule(version, setting), example };
    case "string":
      return { ...textRule(version, setting), example };
  }
}

/** Returns the number or boolean that a string represents, and the string of a scalar. */
export function readings(value: unknown): unknown[] {
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  if (typeof value !== "string") return [];
  if (/^(?:true|false)$/i.test(value)) return [value.toLowerCase() === "true"];
  return value.trim() !== "" && Number.isFinite(Number(value)) ? [Number(value)] : [];
}

/** Returns the text in Longhorn's object for a value that `valueRule` allows. */
export function settingText(version: string, setting: LonghornSetting, value: unknown): string {
  const { before } = setting;
  const asOptions = setting.type === "bool" && before !== undefined && !isAtLeast(version, before.release);
  const [yes = "", no = ""] = before?.options ?? [];
  if (asOptions) return value === true ? yes : no;
  return String(value);
}

/** Returns the options of a setting in a version. */
export function optionsIn(version: string, { options, optionsFirst = {} }: LonghornSetting) {
  return options?.filter((option) => isAtLeast(version, optionsFirst[option] ?? version));
}

function numberRule(version: string, setting: LonghornSetting): Omit<Rule, "example"> {
  const options = optionsIn(version, setting);
  if (options) return { allowed: options.join(", "), holds: (value) => options.includes(value as number) };
  const { min = -largest, max = largest, before } = setting;
  const wholeBefore = before?.type === "int" && !isAtLeast(version, before.release);
  const whole = setting.type === "int" || wholeBefore;
  const kind = whole ? "a whole number" : "a number";
  const since = wholeBefore ? `, before ${before.release}` : "";
  return {
    allowed: `${kind}${rangeText(setting)}${since}`,
    holds: (value) =>
      typeof value === "number" &&
      (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
      value >= min &&
      value <= max,
  };
}

function rangeText({ min, max }: LonghornSetting): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return `, at least ${min}`;
  return max === undefined ? "" : `, at most ${max}`;
}

function textRule(version: string, setting: LonghornSetting): Omit<Rule, "example"> {
  const options = optionsIn(version, setting);
  const { format, optional = false } = setting;
  const orEmpty = optional ? "; or the empty string" : "";
  if (options) {
    const allowed = options.map((option) => JSON.stringify(option)).join(", ");
    return { allowed, holds: (value) => options.includes(value as string) };
  }
  if (format) {
    const { allowed, holds } = formats[format];
    return { allowed: `${allowed}${orEmpty}`, holds: (value) => (optional && value === "") || holds(value) };
  }
  return {
    allowed: optional ? "a string" : "a non-empty string",
    // Longhorn would parse braces as values per engine, and a line break would end the setting.
    holds: (value) => typeof value === "string" && (optional || value !== "") && !/[\n\r\0]/.test(value),
  };
}

function exampleOf(setting: LonghornSetting, engine?: DataEngine): unknown {
  const text = defaultOf(setting, engine);
  if (setting.type === "bool") return text === "true";
  if (setting.type === "string") {
    const { format } = setting;
    return text === "" && format ? formats[format].example : text;
  }
  return Number(text);
}
