import { enginesOf } from "../components/longhorn/settings/engines";
import type { LonghornSetting } from "../components/longhorn/settings/setting";

/** Enumeration of a setting's options, in a form that the schema analyzer supports. */
export interface SettingEnumeration {
  name: string;
  options: readonly string[];
}

/** Names that would be ambiguous otherwise. */
const names: Readonly<Record<string, string>> = {
  logLevel: "LonghornLogLevel",
  replicaAutoBalance: "DefaultReplicaAutoBalance",
};

/** Returns the enumeration of a setting's options; undefined if it is not an enumeration. */
export function enumerationOf({ input = "", options }: LonghornSetting): SettingEnumeration | undefined {
  const words = options?.filter((option) => typeof option === "string") ?? [];
  return words.length === 0 ? undefined : { name: names[input] ?? pascal(input), options: words };
}

/** Returns the TypeScript type of an input. */
export function typeOf(setting: LonghornSetting): string {
  const ofOne =
    enumerationOf(setting)?.name ?? { bool: "boolean", int: "number", float: "number", string: "string" }[setting.type];
  return enginesOf(setting) === undefined ? ofOne : `${ofOne} | ${byEngineName(ofOne)}`;
}

/** Returns the name of the interface with a value per engine. */
export function byEngineName(type: string): string {
  return `${pascal(type)}ByEngine`;
}

export function pascal(text: string): string {
  return text
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
