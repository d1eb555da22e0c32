import type { ResolvedLonghornArgs } from "./args";
import { backupValues } from "./backup";
import { imagesValues } from "./images";
import { overridden } from "./values-override";
import { placementValues } from "./placement";
import { chartSettings } from "./settings/chart-settings";
import { isAtLeast } from "./version";

/** Values of Longhorn's Helm chart that this package sets. */
export interface ChartValues {
  [key: string]: unknown;
  defaultSettings: Record<string, string>;
  persistence: { defaultClass: boolean; createStorageClass?: boolean };
  csi?: { kubeletRootDir: string };
}

/** Arguments that the chart's values depend on. */
type Deciding = Omit<ResolvedLonghornArgs, "values">;

/** Returns the chart's values for a `Longhorn`: those of the inputs, overridden by `values`. */
export function chartValues({ values, ...inputs }: ResolvedLonghornArgs): ChartValues {
  return overridden(inputValues(inputs), values) as ChartValues;
}

/**
 * Returns the chart's values of the inputs. The class `longhorn` is omitted, because the manager deletes and recreates it at
 * its own discretion. Charts before 1.12.0 cannot omit it; there it is not the cluster's default.
 */
function inputValues(inputs: Deciding): ChartValues {
  const { version, settings, podDeletionPolicy, allowUninstall, kubeletRootDir, images, placement, backup } = inputs;
  const own = {
    defaultSettings: chartSettings(version, settings, {
      "node-down-pod-deletion-policy": podDeletionPolicy,
      "deleting-confirmation-flag": String(allowUninstall),
    }),
    persistence: { defaultClass: false, ...(isAtLeast(version, "1.12.0") && { createStorageClass: false }) },
    ...(kubeletRootDir !== undefined && { csi: { kubeletRootDir } }),
  };
  const parts = [imagesValues(version, images), placementValues(version, placement), backupValues(version, backup)];
  return parts.reduce<object>(overridden, own) as ChartValues;
}
