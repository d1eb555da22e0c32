import type { ResolvedLonghornArgs } from "./args";
import { backupValues } from "./backup";
import { imagesValues } from "./images";
import { overridden } from "./values-override";
import { placementValues } from "./placement";
import { chartSettings } from "./settings/chart-settings";
import { isAtLeast } from "./version";

/** Values of Longhorn's Helm chart, as far as this package sets them. */
export interface ChartValues {
  [key: string]: unknown;
  defaultSettings: Record<string, string>;
  persistence: { defaultClass: boolean; createStorageClass?: boolean };
  csi?: { kubeletRootDir: string };
}

/** What the chart's values depend on. */
type Deciding = Omit<ResolvedLonghornArgs, "values">;

/** The chart's values for a `Longhorn`: those of the inputs, with `values` over them. */
export function chartValues({ values, ...inputs }: ResolvedLonghornArgs): ChartValues {
  return overridden(inputValues(inputs), values) as ChartValues;
}

/**
 * The chart's values that the inputs make. The class `longhorn` is left out, since the manager deletes and makes it anew at its
 * own discretion; charts before 1.12.0 cannot leave it out, there it is at least not the cluster's default.
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
