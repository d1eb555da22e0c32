import type { ResolvedLonghornArgs } from "./args";
import { chartSettings } from "./settings";
import { isAtLeast } from "./version";

/** Values of Longhorn's Helm chart, as far as this package sets them. */
export interface ChartValues {
  defaultSettings: Record<string, string>;
  persistence: { defaultClass: boolean; createStorageClass?: boolean };
  csi?: { kubeletRootDir: string };
}

/**
 * The chart's values for a `Longhorn`. The class `longhorn` is left out, since the manager deletes and makes it anew at its
 * own discretion; charts before 1.12.0 cannot leave it out, there it is at least not the cluster's default.
 */
export function chartValues(resolved: ResolvedLonghornArgs): ChartValues {
  const { version, podDeletionPolicy, allowUninstall, kubeletRootDir } = resolved;
  return {
    defaultSettings: chartSettings(version, {
      "node-down-pod-deletion-policy": podDeletionPolicy,
      "deleting-confirmation-flag": String(allowUninstall),
    }),
    persistence: { defaultClass: false, ...(isAtLeast(version, "1.12.0") && { createStorageClass: false }) },
    ...(kubeletRootDir !== undefined && { csi: { kubeletRootDir } }),
  };
}
