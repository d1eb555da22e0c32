import * as pulumi from "@pulumi/pulumi";
import { valueWithUnknowns } from "../pulumi-internals";
import { updateHook, warnFromHook } from "../update-hook";
import { valueText } from "../validation/violations";
import { defaultInput } from "./settings/engines";
import { settingOfInput, settingWithChartKey } from "./settings/table";
import { deferredSettings, deferredSettingsWarnings } from "./deferred-settings";

/**
 * Returns a hook that warns about removed settings, whose last values Longhorn keeps, and about settings whose change is
 * deferred. It runs as early as in the preview.
 */
export function settingsChangeHook(name: string): pulumi.ResourceHook[] {
  return updateHook(`${name}-changed-settings`, async ({ oldInputs, newInputs }) => {
    const [old, values] = [await valuesIn(oldInputs), await valuesIn(newInputs)];
    const texts = [
      ...removedSettingsTexts(removedSettings(old, values)),
      ...deferredSettingsWarnings(deferredSettings(old, values)),
    ];
    for (const text of texts) warnFromHook(text);
  });
}

/**
 * Returns the chart's values of a release in a hook. If any of them is secret, they are an Output, which may be partially
 * unknown in a preview.
 */
export async function valuesIn(release: unknown): Promise<unknown> {
  const { values } = (release ?? {}) as { values?: unknown };
  return pulumi.Output.isInstance(values) ? await valueWithUnknowns(values) : values;
}

/** Returns the chart keys of settings that have a value in the old values but not in the new ones. */
export function removedSettings(old: unknown, values: unknown): string[] {
  const still = writtenSettings(values);
  return writtenSettings(old)
    .filter((key) => !still.includes(key))
    .sort();
}

const backupKeys = ["backupTarget", "backupTargetCredentialSecret", "backupstorePollInterval"];
const placementKeys = ["taintToleration", "systemManagedComponentsNodeSelector"];

/** Returns the warnings about removed settings, one per input that sets them. */
export function removedSettingsTexts(removed: readonly string[]): string[] {
  const among = (keys: readonly string[]) => removed.filter((key) => keys.includes(key)).join(", ");
  const others = removed.filter((key) => ![...backupKeys, ...placementKeys].includes(key));
  const keeps = "Longhorn keeps the last value of a setting that is removed";
  return [
    ...(among(backupKeys) === ""
      ? []
      : [
          "Longhorn continues to use its backup target although backup was removed; a Secret that was created for its credentials is " +
            "deleted. To remove the backup target after the update: kubectl -n longhorn-system patch " +
            'backuptargets.longhorn.io default --type merge -p \'{"spec":{"backupTargetURL":"","credentialSecret":""}}\'',
        ]),
    ...(among(placementKeys) === ""
      ? []
      : [`${keeps}: ${among(placementKeys)}. Set placement to {} to restore their defaults`]),
    ...(others.length === 0
      ? []
      : [
          `${keeps}: ${others.join(", ")}. To restore Longhorn's ${others.length === 1 ? "default" : "defaults"}, set ` +
            others.map(defaultOfKey).join(", "),
        ]),
  ];
}

function defaultOfKey(key: string): string {
  const setting = settingOfInput(key);
  return setting === undefined ? `the default of ${key}` : `settings.${key}: ${valueText(defaultInput(setting))}`;
}

/**
 * Returns the inputs of all written settings. Up to Longhorn 1.7 the backup target consisted of settings too, which count as
 * the same.
 */
function writtenSettings(values: unknown): string[] {
  const { defaultSettings, defaultBackupStore } = (values ?? {}) as Record<string, unknown>;
  const ofBackup = givenKeys(defaultBackupStore).map((key) =>
    key === "pollInterval" ? "backupstorePollInterval" : key,
  );
  const ofSettings = givenKeys(defaultSettings).map((key) => settingWithChartKey(key)?.input ?? key);
  return [...ofSettings, ...ofBackup];
}

function givenKeys(values: unknown): string[] {
  if (typeof values !== "object" || values === null) return [];
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return given.map(([key]) => key);
}
