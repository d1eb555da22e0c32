import { PodDeletionPolicy } from "./pod-deletion-policy";
import { isAtLeast } from "./version";

/** One of Longhorn's settings, which this package writes through the chart. */
export interface LonghornSetting {
  /** Name of the object `settings.longhorn.io`. */
  name: string;
  /** Key under the chart's `defaultSettings`. */
  chartKey: string;
  type: "bool" | "int" | "string";
  /** The values that Longhorn accepts, where they are few. */
  options?: readonly string[];
  /** Longhorn's own default; of a setting with a value for each data engine, that of the engine v1. */
  default: string;
  /** What a store needs, or what is written unless the inputs of `Longhorn` say otherwise. */
  value: string;
  /** The first release of Longhorn that knows the setting. */
  firstRelease: string;
  /** From 1.10 on Longhorn keeps a value for each data engine; a plain one, as written here, goes to each of them. */
  dataEngineSpecific: boolean;
}

/**
 * The settings on which it depends that a store survives the loss of a node and stays redundant afterwards. All of them are
 * written always, also where the value is Longhorn's own default: Longhorn keeps the last value of a setting that is no longer
 * written. Settings whose right value depends on the machines (reserved space, CPU of the engines, autoscaler) are left alone.
 *
 * @see https://longhorn.io/docs/latest/references/settings/
 */
export const settings = [
  setting("node-down-pod-deletion-policy", "1.1.0", "nodeDownPodDeletionPolicy", "string", "do-nothing", {
    options: Object.values(PodDeletionPolicy),
  }),
  // The uninstaller refuses to work while it is false.
  setting("deleting-confirmation-flag", "1.4.0", "deletingConfirmationFlag", "bool", "false"),
  // Restarts the pod when the engine died under it, which the pod itself cannot notice.
  setting(
    "auto-delete-pod-when-volume-detached-unexpectedly",
    "1.1.0",
    "autoDeletePodWhenVolumeDetachedUnexpectedly",
    "bool",
    "true",
  ),
  setting("auto-salvage", "1.0.0", "autoSalvage", "bool", "true"),
  setting("node-drain-policy", "1.3.3", "nodeDrainPolicy", "string", "block-if-contains-last-replica", {
    options: [
      "block-for-eviction",
      "block-for-eviction-if-contains-last-replica",
      "block-if-contains-last-replica",
      "allow-if-replica-is-stopped",
      "always-allow",
    ],
  }),
  setting("replica-soft-anti-affinity", "1.0.0", "replicaSoftAntiAffinity", "bool", "false"),
  // With false, nodes without a zone label are one zone and only one copy could be placed.
  setting("replica-zone-soft-anti-affinity", "1.0.0", "replicaZoneSoftAntiAffinity", "bool", "true"),
  setting("replica-auto-balance", "1.2.0", "replicaAutoBalance", "string", "disabled", {
    options: ["disabled", "least-effort", "best-effort"],
    value: "least-effort",
  }),
  // Long enough for a node that reboots: its copy is then brought up to date instead of made anew.
  setting("replica-replenishment-wait-interval", "1.1.0", "replicaReplenishmentWaitInterval", "int", "600"),
  // 0 would stop every rebuild.
  setting("concurrent-replica-rebuild-per-node-limit", "1.2.1", "concurrentReplicaRebuildPerNodeLimit", "int", "5"),
  setting("fast-replica-rebuild-enabled", "1.4.0", "fastReplicaRebuildEnabled", "bool", "true", {
    dataEngineSpecific: true,
  }),
  setting("snapshot-data-integrity", "1.4.0", "snapshotDataIntegrity", "string", "fast-check", {
    options: ["disabled", "enabled", "fast-check"],
    dataEngineSpecific: true,
  }),
  setting("engine-replica-timeout", "1.4.0", "engineReplicaTimeout", "int", "8", { dataEngineSpecific: true }),
  // With false, a volume that lacks a copy cannot be attached: on three nodes the second failover would be refused.
  setting(
    "allow-volume-creation-with-degraded-availability",
    "1.1.0",
    "allowVolumeCreationWithDegradedAvailability",
    "bool",
    "true",
  ),
  setting("disable-scheduling-on-cordoned-node", "1.0.0", "disableSchedulingOnCordonedNode", "bool", "true"),
  setting("storage-over-provisioning-percentage", "1.0.0", "storageOverProvisioningPercentage", "int", "100"),
  // Copies that lost their volume are kept: they may be all that is left to look into after a failure.
  setting("orphan-resource-auto-deletion", "1.9.0", "orphanResourceAutoDeletion", "string", ""),
] satisfies LonghornSetting[];

/** Name of a setting of the table. */
export type SettingName = (typeof settings)[number]["name"];

/**
 * The chart's `defaultSettings` for a version: every setting of the table that the version has, each value as text, which all
 * releases accept.
 *
 * @param chosen values other than the table's
 */
export function chartSettings(version: string, chosen: Partial<Record<SettingName, string>>): Record<string, string> {
  const known = settings.filter(({ firstRelease }) => isAtLeast(version, firstRelease));
  return Object.fromEntries(known.map(({ name, chartKey, value }) => [chartKey, chosen[name] ?? value]));
}

function setting<Name extends string>(
  name: Name,
  firstRelease: string,
  chartKey: string,
  type: LonghornSetting["type"],
  byDefault: string,
  more: Partial<Omit<LonghornSetting, "name" | "firstRelease">> = {},
): LonghornSetting & { name: Name } {
  const usual = { default: byDefault, value: byDefault, dataEngineSpecific: false };
  return { name, firstRelease, chartKey, type, ...usual, ...more };
}
