import { overrideViolations } from "../../../components/longhorn/values-override";
import { enginesIn, enginesOf } from "../../../components/longhorn/settings/engines";
import { owningInputs } from "../../../components/longhorn/settings/owned-settings";
import { settingNamed } from "../../../components/longhorn/settings/table";
import type { Difference } from "./differences";
import { refusedOf, type KeptValue, type UndecidedValue } from "./refused-keeps";

export type { KeptValue, UndecidedValue };

/** Values that can be kept by configuration, and those that the stack changes. */
export interface Kept {
  keeps: KeptValue[];
  left: Difference[];
  /** Values among the rest that the stack would refuse, for the operator to decide. */
  undecided: UndecidedValue[];
}

/**
 * Returns the configuration of the stack's Longhorn that keeps the existing values. Values that the stack would refuse are
 * left out and reported.
 *
 * @param wantedVersion version of the stack's Longhorn, unless the installed one is kept
 */
export function keep(differences: readonly Difference[], wantedVersion: string): Kept {
  const installed = differences.find(({ kind }) => kind === "version")?.there;
  const version = typeof installed === "string" ? installed : wantedVersion;
  const each = differences.map((difference) => ({ difference, keeps: keptBy(difference, version) }));
  const undecided = refusedOf(
    each.flatMap(({ keeps }) => keeps),
    version,
  );
  const isRefused = ({ key }: KeptValue): boolean => undecided.some((one) => one.key === key);
  // A setting with a value for each engine is kept whole or not at all.
  const kept = each.map(({ difference, keeps }) => ({ difference, keeps: keeps.some(isRefused) ? [] : keeps }));
  return {
    keeps: kept.flatMap(({ keeps }) => keeps),
    left: kept.filter(({ keeps }) => keeps.length === 0).map(({ difference }) => difference),
    undecided,
  };
}

function keptBy({ kind, name, there }: Difference, version: string): KeptValue[] {
  if (there === undefined) return [];
  switch (kind) {
    case "version":
      return [{ key: "longhorn.version", value: textOf(there) }];
    case "setting":
      return keptSetting(name, textOf(there), version);
    case "value":
      return keptValue(name, there);
    case "label":
      return [];
  }
}

function keptSetting(name: string, text: string, version: string): KeptValue[] {
  const setting = settingNamed(name);
  if (name === "node-down-pod-deletion-policy") return [{ key: "longhorn.podDeletionPolicy", value: text }];
  if (setting?.input === undefined || Object.hasOwn(owningInputs, setting.input) || setting.readOnly) return [];
  // The command line takes what looks like a number for one, and has no word for an empty text.
  const isPlain = text !== "" && (setting.type !== "string" || !/^(?:true|false|[\d.eE+-]+)$/.test(text));
  const key = `longhorn.settings.${setting.input}`;
  if (enginesOf(setting) !== undefined && text.startsWith("{")) {
    const engines = Object.entries(JSON.parse(text) as Record<string, unknown>);
    return engines.map(([engine, value]) => ({ key: `${key}.${engine}`, value: String(value) }));
  }
  if (!isPlain) return [];
  const engines = enginesIn(version, setting);
  return engines === undefined
    ? [{ key, value: text }]
    : engines.map((engine) => ({ key: `${key}.${engine}`, value: text }));
}

function keptValue(path: string, there: unknown): KeptValue[] {
  if (path === "csi.kubeletRootDir" && typeof there === "string")
    return [{ key: "longhorn.kubeletRootDir", value: there }];
  const isScalar =
    typeof there === "number" || typeof there === "boolean" || (typeof there === "string" && there !== "");
  const names = path.split(".");
  if (!isScalar || names.some((name) => !/^[\w-]+$/.test(name))) return [];
  const values = names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), there);
  return overrideViolations(values).length > 0 ? [] : [{ key: `longhorn.values.${path}`, value: textOf(there) }];
}

/** Converts a value to text. Versions and settings are texts, but Helm may have parsed a number. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
