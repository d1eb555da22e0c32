import { chartValueViolations } from "../../../components/longhorn/settings/chart-values";
import { chartKeyIn } from "../../../components/longhorn/settings/releases";
import { settingNamed } from "../../../components/longhorn/settings/table";
import { isSameMinor, isVersion } from "../../../components/longhorn/version";
import type { Asked } from "./asked";
import type { Finding } from "./finding";
import type { Seen, SeenSetting } from "./seen";
import { defaultOf, enginesOf } from "../../../components/longhorn/settings/engines";
import type { LonghornSetting } from "../../../components/longhorn/settings/setting";

/** Returns the findings about settings that did not arrive, are deferred, or were changed. */
export function settingFindings({ settings }: Asked, seen: Seen): Finding[] {
  return Object.entries(settings).flatMap(([name, text]): Finding[] => {
    const setting = settingNamed(name);
    const found = seen.settings[name];
    const object = `settings.longhorn.io/${name}`;
    if (setting === undefined) return [];
    if (found === undefined) {
      const reason = "this version of Longhorn does not have it";
      return [
        { kind: "dropped", object, asked: text, reason, remedy: "remove it from longhorn.settings or longhorn.values" },
      ];
    }
    const both = { object, asked: text, seen: found.value };
    if (meanSame(setting, text, found.value)) {
      if (found.applied) return [];
      const reason = setting.waitsForDetached
        ? "Longhorn applies it only while all volumes are detached"
        : "Longhorn has not applied it yet";
      const remedy = setting.waitsForDetached
        ? "scale all workloads on Longhorn down briefly, or wait for maintenance"
        : "check again in a minute";
      return [{ kind: "waiting", ...both, reason, remedy }];
    }
    if (isDefault(setting, found.value)) {
      const reason =
        "it has Longhorn's default: the manager has not applied it, or refused it, which only its log shows";
      return [{ kind: "dropped", ...both, reason, remedy: managerLog(seen) }];
    }
    const allowed = allowedInstead(setting, text, seen);
    if (allowed !== undefined) {
      const reason = `Longhorn's manager refuses it; allowed: ${allowed}`;
      const remedy = `set longhorn.settings.${setting.input ?? name}, or its key in longhorn.values, to an allowed value`;
      return [{ kind: "dropped", ...both, reason, remedy }];
    }
    const reason = "it was changed; Longhorn restores it when a manager starts or the chart's settings change";
    const patch = `kubectl -n ${seen.namespace} patch ${object} --type merge -p '${JSON.stringify({ value: text })}'`;
    return [{ kind: "drifted", ...both, reason, remedy: `to apply it: ${patch}` }];
  });
}

/** Returns the allowed values of a setting if the manager refuses the requested one; undefined if it does not. */
function allowedInstead(setting: LonghornSetting, asked: string, { settings }: Seen): string | undefined {
  const version = withoutV(settings[versionSetting]?.value ?? "");
  const key = isVersion(version) ? chartKeyIn(version, setting) : undefined;
  const [refused] = key === undefined ? [] : chartValueViolations({ [key]: asked }, version);
  return refused?.allowed;
}

/** Setting with the installed version, such as `v1.12.1`. */
const versionSetting = "current-longhorn-version";

const withoutV = (version: string): string => version.replace(/^v/, "");

const managerLog = ({ namespace }: Seen): string =>
  `kubectl -n ${namespace} logs -l app=longhorn-manager | grep -i setting`;

/**
 * Returns the findings about keys that are not in the table of settings but may exist in a newer chart. The name of a setting
 * is its key with hyphens.
 */
export function unknownKeyFindings({ unknownKeys }: Asked, seen: Seen): Finding[] {
  return Object.entries(unknownKeys).flatMap(([key, asked]): Finding[] => {
    const isMeant = ([name]: [string, SeenSetting]): boolean => name.replaceAll("-", "") === key.toLowerCase();
    const [name = "", found] = Object.entries(seen.settings).find(isMeant) ?? [];
    if (found === undefined) {
      const object = `values.defaultSettings.${key}`;
      const reason = "Longhorn has no setting of that name: the chart or Longhorn's manager has dropped it";
      const remedy = "remove it from longhorn.values, or use the chart's key: docs/settings.md";
      return [{ kind: "dropped", object, asked, reason, remedy }];
    }
    if (isText(found.value, asked)) return [];
    const reason = "it has another value: the chart dropped it, Longhorn's manager refused it, or it was changed";
    return [
      {
        kind: "dropped" as const,
        object: `settings.longhorn.io/${name}`,
        asked,
        seen: found.value,
        reason,
        remedy: managerLog(seen),
      },
    ];
  });
}

/** Returns whether a setting of an unknown type has a text, by itself or for each data engine. */
function isText(value: string, text: string): boolean {
  if (value === text) return true;
  try {
    const engines = Object.values(JSON.parse(value) as Record<string, unknown>);
    return engines.length > 0 && engines.every((engine) => engine === text);
  } catch {
    return false;
  }
}

/** Returns the differences between an existing Longhorn and the stack's description of it. */
export function existingFindings({ existingLonghorn = {} }: Asked, { settings }: Seen): Finding[] {
  const { version, podDeletionPolicy } = existingLonghorn;
  const policy = settings["node-down-pod-deletion-policy"]?.value;
  const installed = settings[versionSetting]?.value;
  return [
    ...(podDeletionPolicy === undefined || policy === undefined || policy === podDeletionPolicy
      ? []
      : [
          {
            kind: "drifted" as const,
            object: "settings.longhorn.io/node-down-pod-deletion-policy",
            asked: podDeletionPolicy,
            seen: policy,
            reason: "it differs from existingLonghorn.podDeletionPolicy, on which the failover decision is based",
            remedy:
              "correct existingLonghorn.podDeletionPolicy, or ask the operators of that Longhorn to change the setting",
          },
        ]),
    ...(version === undefined || installed === undefined || isMinorOf(version, withoutV(installed))
      ? []
      : [
          {
            kind: "drifted" as const,
            object: `settings.longhorn.io/${versionSetting}`,
            asked: version,
            seen: installed,
            reason:
              "existingLonghorn.version has another minor version, which determines the access mode of new volumes",
            remedy: `existingLonghorn.version: "${withoutV(installed)}"`,
          },
        ]),
  ];
}

/** Returns whether a version is of the installed minor version. Unknown formats are left to Longhorn. */
function isMinorOf(version: string, installed: string): boolean {
  return !isVersion(version) || !isVersion(installed) || isSameMinor(version, installed);
}

/**
 * Returns the value of a setting for each engine. Longhorn's object has JSON and the chart has one text for all, so that their
 * texts cannot be compared. A setting without engines has one value.
 */
function valuesOf(setting: LonghornSetting, text: string): Record<string, string> {
  const engines = enginesOf(setting);
  const given = text.trim().startsWith("{") && engines !== undefined ? parsed(text) : undefined;
  if (given !== undefined)
    return Object.fromEntries(Object.entries(given).map(([engine, value]) => [engine, normal(setting, value)]));
  return Object.fromEntries((engines ?? ["all"]).map((engine) => [engine, normal(setting, text)]));
}

/** Returns whether two texts are equivalent. Only engines in both count, because older releases have one. */
export function meanSame(setting: LonghornSetting, one: string, other: string): boolean {
  const [left, right] = [valuesOf(setting, one), valuesOf(setting, other)];
  return Object.entries(left).every(([engine, value]) => right[engine] === undefined || right[engine] === value);
}

/** Returns whether a text is Longhorn's own default. */
export function isDefault(setting: LonghornSetting, text: string): boolean {
  const engines = enginesOf(setting);
  const byDefault =
    engines === undefined
      ? defaultOf(setting)
      : JSON.stringify(Object.fromEntries(engines.map((engine) => [engine, defaultOf(setting, engine)])));
  return meanSame(setting, byDefault, text);
}

function normal({ type }: LonghornSetting, value: unknown): string {
  const text = String(value).trim();
  if (type === "int" || type === "float") return text === "" ? "" : String(Number(text));
  return type === "bool" ? text.toLowerCase() : text;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
