import { owningInputs } from "../components/longhorn/settings/owned-settings";
import { enginesOf } from "../components/longhorn/settings/engines";
import type { LonghornSetting } from "../components/longhorn/settings/setting";
import { longhornSettings, settingsByCategory } from "../components/longhorn/settings/table";
import type { GeneratedFile } from "./file";
import { byEngineName, enumerationOf, pascal, typeOf, type SettingEnumeration } from "./setting-types";
import { defaultText, remarks, writtenText } from "./setting-docs";

/** The inputs, as types with what an editor shows. */
export function settingsArgs(): GeneratedFile {
  const inputs = longhornSettings.filter(isInput);
  const enumerations = unique(inputs.flatMap((setting) => enumerationOf(setting) ?? []));
  const text = [
    "// Made by `npm run generate` from the table of settings: a change belongs there.",
    ...enumerations.map(enumeration),
    ...byEngine(inputs),
    inputsInterface(),
  ].join("\n");
  return { path: "components/longhorn/settings/settings-args.ts", text };
}

/** Whether a setting is an input here: a chart writes it, and no other input decides it. */
function isInput({ input, readOnly = false }: LonghornSetting): boolean {
  return input !== undefined && !readOnly && !(input in owningInputs);
}

function enumeration({ name, options }: SettingEnumeration): string {
  const inputs = longhornSettings.filter((setting) => enumerationOf(setting)?.name === name);
  const members = options.map((option) => `  ${pascal(option)}: ${JSON.stringify(option)},`);
  return `/** Values of Longhorn's setting ${inputs.map((setting) => `\`${setting.name}\``).join(" and ")}. */
export const ${name} = {
${members.join("\n")}
} as const;

export type ${name} = (typeof ${name})[keyof typeof ${name}];
`;
}

/** An interface for each kind of value that a setting has for each engine. */
function byEngine(inputs: readonly LonghornSetting[]): string[] {
  const specific = inputs.filter((setting) => enginesOf(setting) !== undefined);
  const kinds = [...new Set(specific.map((setting) => valueType(setting)))];
  return kinds.map(
    (type) => `/** A value for each data engine. An engine without one has its default. */
export interface ${byEngineName(type)} {
${ofEngine("For volumes of the v1 data engine, on which stores are.", type)}
  v1?: ${type};
${ofEngine("For volumes of the v2 data engine.", type)}
  v2?: ${type};
}
`,
  );
}

/** The docstring of the value of an engine, whose number may be a fraction. */
function ofEngine(sentence: string, type: string): string {
  return type === "number" ? `  /**\n   * ${sentence}\n   * @decimal\n   */` : `  /** ${sentence} */`;
}

function valueType(setting: LonghornSetting): string {
  return typeOf({ ...setting, default: "" });
}

function inputsInterface(): string {
  const parts = Object.entries(settingsByCategory).flatMap(([category, settings]) => {
    const inputs = (settings as readonly LonghornSetting[]).filter(isInput);
    return inputs.map((setting) => property(category, setting));
  });
  return `/**
 * Longhorn's settings, by their names in the chart. What is not given here stays as Longhorn has it, except for what a store
 * depends on. Longhorn keeps the last value of a setting that is no longer given: write its default instead.
 *
 * @see https://longhorn.io/docs/latest/references/settings/
 */
export interface LonghornSettingsArgs {
${parts.join("\n")}
}
`;
}

function property(category: string, setting: LonghornSetting): string {
  const written = writtenText(setting);
  const byDefault =
    written === undefined
      ? `Longhorn's: ${defaultText(setting)}`
      : `${written}, written always; Longhorn's own is ${defaultText(setting)}`;
  const danger = category === "danger zone" ? ["In Longhorn's danger zone: a change restarts parts of it."] : [];
  const sentences = [setting.summary, ...remarks(setting), ...danger].join(" ").replaceAll("*/", "*\\u200b/");
  return `  /**
${wrapped(sentences)}
   * @default ${byDefault.replaceAll("*/", "*\\/")}${setting.type === "float" ? "\n   * @decimal" : ""}
   */
  ${setting.input ?? ""}?: ${typeOf(setting)};`;
}

/** Lines of a comment within a type. */
function wrapped(text: string): string {
  const lines = text.split(" ").reduce<string[]>((soFar, word) => {
    const last = soFar.at(-1);
    if (last === undefined || last.length + word.length > 120) return [...soFar, `   * ${word}`];
    return [...soFar.slice(0, -1), `${last} ${word}`];
  }, []);
  return lines.join("\n");
}

function unique(enumerations: readonly SettingEnumeration[]): SettingEnumeration[] {
  return [...new Map(enumerations.map((one) => [one.name, one])).values()];
}
