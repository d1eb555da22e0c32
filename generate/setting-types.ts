import { enginesOf } from "../components/longhorn/settings/engines";
import type { LonghornSetting } from "../components/longhorn/settings/setting";

/** An enumeration of a setting's options, as the schema analyzer takes it. */
export interface SettingEnumeration {
  name: string;
  options: readonly string[];
}

/** Names that would say too little, or that something else has. */
const names: Readonly<Record<string, string>> = {
  logLevel: "LonghornLogLevel",
  replicaAutoBalance: "DefaultReplicaAutoBalance",
};

/** The enumeration of a setting's options; undefined where its values are no few words. */
export function enumerationOf({ input = "", options }: LonghornSetting): SettingEnumeration | undefined {
  const words = options?.filter((option) => typeof option === "string") ?? [];
  return words.length === 0 ? undefined : { name: names[input] ?? pascal(input), options: words };
}

/** The type of an input, as TypeScript writes it. */
export function typeOf(setting: LonghornSetting): string {
  const ofOne =
    enumerationOf(setting)?.name ?? { bool: "boolean", int: "number", float: "number", string: "string" }[setting.type];
  return enginesOf(setting) === undefined ? ofOne : `${ofOne} | ${byEngineName(ofOne)}`;
}

/** Name of the interface with a value for each engine. */
export function byEngineName(type: string): string {
  return `${pascal(type)}ByEngine`;
}

export function pascal(text: string): string {
  return text
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
