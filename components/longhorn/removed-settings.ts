import * as pulumi from "@pulumi/pulumi";
import { updateHook } from "../update-hook";

/** Warns, in the preview already, of settings that were written and no longer are: Longhorn keeps their last values. */
export function removedSettingsHook(name: string): pulumi.ResourceHook[] {
  return updateHook(`${name}-removed-settings`, async ({ oldInputs, newInputs }) => {
    const removed = removedSettings(await valuesIn(oldInputs), await valuesIn(newInputs));
    for (const text of removedSettingsTexts(removed)) await pulumi.log.warn(text);
  });
}

/**
 * The chart's values of a release as a hook is shown it. With a secret anywhere among them they are an Output, of which a preview
 * may not know all: then only the method that `apply` itself goes by answers.
 */
export async function valuesIn(release: unknown): Promise<unknown> {
  const { values } = (release ?? {}) as { values?: unknown };
  if (!pulumi.Output.isInstance(values)) return values;
  return (values as unknown as { promise: (withUnknowns: boolean) => Promise<unknown> }).promise(true);
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
  const others = removed.filter((key) => ![...backupKeys, ...placementKeys].includes(key)).join(", ");
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
    ...(others === ""
      ? []
      : [
          `${keeps}: ${others}. To go back to its default, write that under values.defaultSettings; the defaults are in ` +
            "https://longhorn.io/docs/latest/references/settings/",
        ]),
  ];
}

/** Up to Longhorn 1.7 the backup target was a matter of settings too: under both names it is the same. */
function writtenSettings(values: unknown): string[] {
  const { defaultSettings, defaultBackupStore } = (values ?? {}) as Record<string, unknown>;
  const ofBackup = givenKeys(defaultBackupStore).map((key) =>
    key === "pollInterval" ? "backupstorePollInterval" : key,
  );
  return [...givenKeys(defaultSettings), ...ofBackup];
}

function givenKeys(values: unknown): string[] {
  if (typeof values !== "object" || values === null) return [];
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return given.map(([key]) => key);
}
