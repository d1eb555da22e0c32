import * as pulumi from "@pulumi/pulumi";
import { valueWithUnknowns } from "../pulumi-internals";
import { updateHook, warnFromHook } from "../update-hook";
import { valueText } from "../validation/violations";
import { defaultInput } from "./settings/engines";
import { settingOfInput, settingWithChartKey } from "./settings/table";
import { deferredSettings, deferredSettingsWarnings } from "./deferred-settings";

/**
 * Warns, in the preview already, of settings that were written and no longer are, since Longhorn keeps their last values, and of
 * those whose change waits.
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
 * The chart's values of a release as a hook is shown it. With a secret anywhere among them they are an Output, of which a preview
 * may not know all.
 */
export async function valuesIn(release: unknown): Promise<unknown> {
  const { values } = (release ?? {}) as { values?: unknown };
  return pulumi.Output.isInstance(values) ? await valueWithUnknowns(values) : values;
}

/** The chart's keys of settings that have a value in the old values and none in the new ones. */
export function removedSettings(old: unknown, values: unknown): string[] {
  const still = writtenSettings(values);
  return writtenSettings(old)
    .filter((key) => !still.includes(key))
    .sort();
}

const backupKeys = ["backupTarget", "backupTargetCredentialSecret", "backupstorePollInterval"];
const placementKeys = ["taintToleration", "systemManagedComponentsNodeSelector"];

/** What is to be said about removed settings, in a sentence for each input that they can come from. */
export function removedSettingsTexts(removed: readonly string[]): string[] {
  const among = (keys: readonly string[]) => removed.filter((key) => keys.includes(key)).join(", ");
  const others = removed.filter((key) => ![...backupKeys, ...placementKeys].includes(key));
  const keeps = "Longhorn keeps the last value of a setting that is no longer written";
  return [
    ...(among(backupKeys) === ""
      ? []
      : [
          "Longhorn keeps its backup target although backup was taken away, and goes on using it; a Secret with its keys that was " +
            "made here is deleted. To have none, once the update is through: kubectl -n longhorn-system patch " +
            'backuptargets.longhorn.io default --type merge -p \'{"spec":{"backupTargetURL":"","credentialSecret":""}}\'',
        ]),
    ...(among(placementKeys) === ""
      ? []
      : [`${keeps}: ${among(placementKeys)}. An empty placement, {}, writes their defaults`]),
    ...(others.length === 0
      ? []
      : [
          `${keeps}: ${others.join(", ")}. To go back to Longhorn's own, write ${others.length === 1 ? "it" : "them"}: ` +
            others.map(defaultOfKey).join(", "),
        ]),
  ];
}

function defaultOfKey(key: string): string {
  const setting = settingOfInput(key);
  return setting === undefined ? `the default of ${key}` : `settings.${key}: ${valueText(defaultInput(setting))}`;
}

/** Up to Longhorn 1.7 the backup target was a matter of settings too: under both names it is the same. */
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
