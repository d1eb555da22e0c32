import { overrideViolations } from "../../../components/longhorn/override";
import { enginesOf } from "../../../components/longhorn/settings/engines";
import { decidedElsewhere } from "../../../components/longhorn/settings/decided";
import { settingNamed } from "../../../components/longhorn/settings/table";
import type { Difference } from "./differences";

/** A key of the stack's configuration, without the project's name, as `pulumi config set --path` takes it. */
export interface KeptValue {
  key: string;
  value: string;
}

/** What can stay as it is, by configuration, and what the stack changes all the same. */
export interface Kept {
  keeps: KeptValue[];
  left: Difference[];
}

/** The configuration of the stack's Longhorn with which what is there stays. */
export function keep(differences: readonly Difference[]): Kept {
  const each = differences.map((difference) => ({ difference, keeps: keptBy(difference) }));
  return {
    keeps: each.flatMap(({ keeps }) => keeps),
    left: each.filter(({ keeps }) => keeps.length === 0).map(({ difference }) => difference),
  };
}

function keptBy({ kind, name, there }: Difference): KeptValue[] {
  if (there === undefined) return [];
  switch (kind) {
    case "version":
      return [{ key: "longhorn.version", value: textOf(there) }];
    case "setting":
      return keptSetting(name, textOf(there));
    case "value":
      return keptValue(name, there);
    case "label":
      return [];
  }
}

function keptSetting(name: string, text: string): KeptValue[] {
  const setting = settingNamed(name);
  if (name === "node-down-pod-deletion-policy") return [{ key: "longhorn.podDeletionPolicy", value: text }];
  if (setting?.input === undefined || Object.hasOwn(decidedElsewhere, setting.input) || setting.readOnly) return [];
  // The command line takes what looks like a number for one, and has no word for an empty text.
  const isPlain = text !== "" && (setting.type !== "string" || !/^(?:true|false|[\d.eE+-]+)$/.test(text));
  const key = `longhorn.settings.${setting.input}`;
  if (enginesOf(setting) !== undefined && text.startsWith("{")) {
    const engines = Object.entries(JSON.parse(text) as Record<string, unknown>);
    return engines.map(([engine, value]) => ({ key: `${key}.${engine}`, value: String(value) }));
  }
  return isPlain ? [{ key, value: text }] : [];
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

/** A version and a setting are texts; Helm may have read a number. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
