import * as pulumi from "@pulumi/pulumi";
import { isPlainObject } from "../validation/property-path";
import { hiddenSecret, type Violation } from "../validation/violations";
import { chartKeyViolations } from "./settings/chart-key-violations";
import { chartValueViolations, settingsInValues } from "./settings/chart-values";
import { combinationViolations, combinationWarnings } from "./settings/combinations";
import type { LonghornSettingsArgs } from "./settings/settings-args";

/** Chart value that belongs to an input. */
interface Decided {
  /** Path in the chart's values. */
  path: readonly string[];
  /** Allowed values, with the reason. */
  allowed: string;
}

const insteadOf = (input: string, ...path: string[]): Decided => ({
  path,
  allowed: `unset; use the input ${input}`,
});

/** Values that affect data. In `values`, they could contradict the validated inputs. */
const decided: readonly Decided[] = [
  insteadOf("podDeletionPolicy", "defaultSettings", "nodeDownPodDeletionPolicy"),
  insteadOf("allowUninstall", "defaultSettings", "deletingConfirmationFlag"),
  insteadOf("backup", "defaultSettings", "backupTarget"),
  insteadOf("backup", "defaultSettings", "backupTargetCredentialSecret"),
  insteadOf("backup", "defaultSettings", "backupstorePollInterval"),
  insteadOf("backup", "defaultBackupStore"),
  insteadOf("storageClass", "persistence"),
  {
    path: ["namespaceOverride"],
    allowed:
      "unset, because Longhorn runs in longhorn-system, where its Secrets, recurring jobs and snapshots are created",
  },
];

/** Objects of the chart's values that contain values of inputs and must remain objects. */
const written = [
  "csi",
  "defaultSettings",
  "global",
  "longhornDriver",
  "longhornManager",
  "longhornUI",
  "privateRegistry",
];

/**
 * Returns the violations of the input `values`.
 *
 * @param version version of the chart; undefined if it is invalid
 * @param settings settings of the inputs
 */
export function overrideViolations(override: unknown, version?: string, settings?: LonghornSettingsArgs): Violation[] {
  if (override === undefined) return [];
  const whole = objectViolations("values", override);
  if (whole.length > 0) return whole;
  const { defaultSettings } = override as { defaultSettings?: unknown };
  return [
    ...decided.flatMap(({ path, allowed }) => decidedViolations(override, path, allowed)),
    ...(version !== undefined && isPlainObject(defaultSettings)
      ? settingViolations(defaultSettings, version, settings)
      : []),
    ...openSecrets(override as object),
    ...Object.entries(override as object).flatMap(([key, inner]) =>
      written.includes(key) ? objectViolations(`values.${key}`, inner) : [],
    ),
  ];
}

/** Refuses other values in place of an object, which contains values of inputs. */
function objectViolations(field: string, value: unknown): Violation[] {
  const fixes = [{ field, value: {} }];
  const allowed = "an object, which is merged key by key; values in the object can be Outputs, but the object cannot";
  return isPlainObject(value) ? [] : [{ field, got: shown(value), allowed, fixes }];
}

/** Validates the keys and values of `defaultSettings` like those of the input `settings`. */
function settingViolations(
  chosen: Readonly<Record<string, unknown>>,
  version: string,
  settings: LonghornSettingsArgs | undefined,
): Violation[] {
  const wrong = [...chartKeyViolations(chosen, version), ...chartValueViolations(chosen, version)];
  if (wrong.length > 0) return wrong;
  const together = { ...(isPlainObject(settings) ? settings : {}), ...settingsInValues(chosen, version) };
  const within = "values.defaultSettings";
  return combinationViolations(together, within).filter(({ field }) => Object.hasOwn(chosen, keyIn(field)));
}

/** Returns a warning for each value of `defaultSettings` that may harm a store. */
export function overrideWarnings(override: unknown, version: string): string[] {
  const { defaultSettings } = (override ?? {}) as { defaultSettings?: unknown };
  if (!isPlainObject(defaultSettings)) return [];
  return combinationWarnings(settingsInValues(defaultSettings, version), "values.defaultSettings");
}

function keyIn(field: string): string {
  return field.split(".").at(-1) ?? "";
}

/** Refuses secrets in plain text, which would also be in plain text in the stack's state. */
function openSecrets(override: object): Violation[] {
  const { privateRegistry } = override as { privateRegistry?: unknown };
  const password = isPlainObject(privateRegistry) ? privateRegistry["registryPasswd"] : undefined;
  if (typeof password !== "string" || password === "") return [];
  const field = "values.privateRegistry.registryPasswd";
  const value = { username: hiddenSecret, password: hiddenSecret };
  const instead = { field: "images", value, instead: field };
  return [{ field, got: hiddenSecret, allowed: "no password in plain text", fixes: [instead] }];
}

function decidedViolations(override: unknown, path: readonly string[], allowed: string): Violation[] {
  const value = path.reduce<unknown>(
    (place, key) => (isPlainObject(place) && Object.hasOwn(place, key) ? place[key] : undefined),
    override,
  );
  const field = ["values", ...path].join(".");
  return value === undefined ? [] : [{ field, got: shown(value), allowed, fixes: [{ field }] }];
}

/** Returns a value for a message. Values that may contain secrets are hidden. */
function shown(value: unknown): unknown {
  if (pulumi.Output.isInstance(value)) return "an Output";
  return typeof value === "object" && value !== null ? (Array.isArray(value) ? "a list" : "an object") : value;
}

/**
 * Merges `override` into `values`: objects are merged key by key, other values are replaced. `null` removes a default of the
 * chart, as in Helm.
 */
export function overridden(values: object, override: object): Record<string, unknown> {
  const merged = new Map(Object.entries(values));
  for (const [key, value] of Object.entries(override)) {
    const below: unknown = merged.get(key);
    merged.set(key, isPlainObject(below) && isPlainObject(value) ? overridden(below, value) : value);
  }
  return Object.fromEntries(merged);
}
