import { knownChartBugs } from "../components/longhorn/settings/known-chart-bugs";
import { defaultOf, enginesOf } from "../components/longhorn/settings/engines";
import { formats } from "../components/longhorn/settings/formats";
import { releasesText } from "../components/longhorn/settings/releases";
import type { LonghornSetting } from "../components/longhorn/settings/setting";
import { storeSettings } from "../components/longhorn/settings/store-settings";

/** Returns remarks about a setting in addition to its summary, as sentences. */
export function remarks(setting: LonghornSetting): string[] {
  const { charts = [], before, optionsFirst = {}, waitsForDetached = false } = setting;
  const bugs = knownChartBugs.filter(({ key }) => key === setting.input);
  return [
    ...(allowedText(setting) ? [`Allowed: ${allowedText(setting)}.`] : []),
    ...(waitsForDetached ? ["A change takes effect only while no volume is attached."] : []),
    ...(before ? [`Before ${before.release}: ${before.options?.map(quoted).join(", ") ?? "a whole number"}.`] : []),
    ...Object.entries(optionsFirst).map(([option, first]) => `${quoted(option)} is available since ${first}.`),
    ...(isEverywhere(charts) ? [] : [`In the chart ${releasesText(charts)}.`]),
    ...bugs.map(({ first }) => `The chart ${first} writes it under a name that Longhorn does not know.`),
  ];
}

/** Returns Longhorn's default, per engine if applicable. */
export function defaultText(setting: LonghornSetting): string {
  const engines = enginesOf(setting);
  const one = (engine?: "v1" | "v2"): string => valueText(setting, defaultOf(setting, engine));
  return engines === undefined ? one() : `{ ${engines.map((engine) => `${engine}: ${one(engine)}`).join(", ")} }`;
}

/** Returns the value that is always written because stores need it; undefined if Longhorn's default is used. */
export function writtenText(setting: LonghornSetting): string | undefined {
  const text = (storeSettings as Readonly<Record<string, string>>)[setting.name];
  return text === undefined ? undefined : valueText(setting, text);
}

function allowedText({ options, min, max, format, optional = false }: LonghornSetting): string {
  const orEmpty = optional ? ", or empty" : "";
  if (options && typeof options[0] === "number") return options.join(", ");
  if (options) return "";
  if (format) return `${formats[format].allowed}${orEmpty}`;
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  return min === undefined ? "" : `${min} or more`;
}

function isEverywhere(charts: NonNullable<LonghornSetting["charts"]>): boolean {
  return charts.length === 1 && charts[0]?.first === "1.5.0" && charts[0].last === undefined;
}

function valueText({ type }: LonghornSetting, text: string): string {
  return type === "string" ? quoted(text) : text;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
