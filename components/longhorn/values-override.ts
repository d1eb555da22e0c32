import * as pulumi from "@pulumi/pulumi";
import { isPlainObject } from "../validation/property-path";
import { hiddenSecret, type Violation } from "../validation/violations";
import { chartKeyViolations } from "./settings/chart-key-violations";
import { chartValueViolations, settingsInValues } from "./settings/chart-values";
import { combinationViolations, combinationWarnings } from "./settings/combinations";
import type { LonghornSettingsArgs } from "./settings/settings-args";

/** A value of the chart that an input decides about, and what it would decide. */
interface Decided {
  /** Path among the chart's values. */
  path: readonly string[];
  /** What is allowed there, and why. */
  allowed: string;
}

const insteadOf = (input: string, ...path: string[]): Decided => ({
  path,
  allowed: `nothing here: the input ${input} decides it`,
});

/** The values on which data depends. Left to `values`, they would contradict what the inputs have been checked for. */
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
    allowed: "nothing here: Longhorn is in longhorn-system, where its Secrets, recurring jobs and snapshots are put",
  },
];

/** Objects of the chart's values in which inputs write, and which have to stay objects. */
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
 * Everything that is wrong with values that go over those of the inputs.
 *
 * @param version that of the chart; undefined where it is none
 * @param settings those of the inputs
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

/** In the place of an object there is to be an object, in which the values of the inputs are kept. */
function objectViolations(field: string, value: unknown): Violation[] {
  const fixes = [{ field, value: {} }];
  const allowed =
    "an object, key by key, in which what the inputs say stays as it is; values in it may be Outputs, it may not";
  return isPlainObject(value) ? [] : [{ field, got: shown(value), allowed, fixes }];
}

/** Keys and values under `defaultSettings`, checked as those of the input `settings` are. */
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

/** A sentence for each value under `defaultSettings` that may hurt a store. */
export function overrideWarnings(override: unknown, version: string): string[] {
  const { defaultSettings } = (override ?? {}) as { defaultSettings?: unknown };
  if (!isPlainObject(defaultSettings)) return [];
  return combinationWarnings(settingsInValues(defaultSettings, version), "values.defaultSettings");
}

function keyIn(field: string): string {
  return field.split(".").at(-1) ?? "";
}

/** Secrets in plain text, which the stack's state would keep as such, and the inputs for them. */
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

/** What stands in a value may be a secret, if it is more than a word. */
function shown(value: unknown): unknown {
  if (pulumi.Output.isInstance(value)) return "an Output";
  return typeof value === "object" && value !== null ? (Array.isArray(value) ? "a list" : "an object") : value;
}

/**
 * `override` over `values`: an object goes into an object key by key, and anything else takes the place of what was there. `null`
 * takes a default of the chart away, as Helm understands it.
 */
export function overridden(values: object, override: object): Record<string, unknown> {
  const merged = new Map(Object.entries(values));
  for (const [key, value] of Object.entries(override)) {
    const below: unknown = merged.get(key);
    merged.set(key, isPlainObject(below) && isPlainObject(value) ? overridden(below, value) : value);
  }
  return Object.fromEntries(merged);
}
