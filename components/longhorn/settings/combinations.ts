import type { Violation } from "../../validation/violations";
import type { LonghornSettingsArgs } from "./settings-args";

/** Severity of a combination: errors are refused, warnings are logged. */
type Severity = "error" | "warning";

/** Combination of settings that harms an Active/Standby store. */
export interface Combination {
  readonly severity: Severity;
  /** Setting that causes the problem. */
  readonly input: keyof LonghornSettingsArgs;
  /** Reports whether the settings contain the combination. */
  readonly holds: (settings: LonghornSettingsArgs) => boolean;
  /** Effect on a store, as a clause after "because" or a separate sentence. */
  readonly because: string;
}

const off = (input: keyof LonghornSettingsArgs, severity: Severity, because: string): Combination => ({
  ...{ severity, input, because },
  holds: (settings) => settings[input] === false,
});

const on = (input: keyof LonghornSettingsArgs, severity: Severity, because: string): Combination => ({
  ...{ severity, input, because },
  holds: (settings) => settings[input] === true,
});

/** Returns the value of a setting for the v1 data engine, which stores use. */
function ofStores<Value extends boolean | number>(value: Value | { v1?: Value } | undefined): Value | undefined {
  return typeof value === "object" ? value.v1 : value;
}

/**
 * All combinations, from Longhorn's code and documentation. Errors are refused by Longhorn itself or make a store unusable.
 * Warnings can be intended by users who accept the consequences.
 */
export const combinations: readonly Combination[] = [
  off("v1DataEngine", "error", "stores use the v1 data engine, and their volumes could not be attached"),
  {
    severity: "error",
    input: "disableSnapshotPurge",
    holds: ({ disableSnapshotPurge, autoCleanupSystemGeneratedSnapshot = true }) =>
      disableSnapshotPurge === true && autoCleanupSystemGeneratedSnapshot,
    because:
      "Longhorn refuses it together with autoCleanupSystemGeneratedSnapshot, which is true unless it is set to false",
  },
  {
    severity: "warning",
    input: "defaultDataLocality",
    holds: ({ defaultDataLocality }) => defaultDataLocality === "strict-local",
    because:
      "volumes then have one replica by default, on the node of their pod, and cannot move: a store would be lost with its node. The " +
      "StorageClass of the stores overrides this",
  },
  {
    severity: "warning",
    input: "defaultReplicaCount",
    holds: ({ defaultReplicaCount }) => ofStores(defaultReplicaCount) === 1,
    because:
      "volumes then have one replica by default and are lost with its node. The StorageClass of the stores overrides this",
  },
  off(
    "allowVolumeCreationWithDegradedAvailability",
    "warning",
    "a detached volume is not attached again unless all its replicas can be scheduled: on three nodes with one down, the next failover " +
      "fails",
  ),
  off(
    "autoSalvage",
    "warning",
    "a volume that loses all replicas at once, for example in a power outage, stays unavailable until it is salvaged manually",
  ),
  off(
    "autoDeletePodWhenVolumeDetachedUnexpectedly",
    "warning",
    "a gateway whose volume is detached unexpectedly, for example by a crashed instance manager, is not restarted and returns errors",
  ),
  on("replicaSoftAntiAffinity", "warning", "two replicas of a volume can be on the same node and be lost with it"),
  off(
    "replicaZoneSoftAntiAffinity",
    "warning",
    "nodes without a zone label count as one zone, which gets only one replica: label at least three zones, or omit the setting",
  ),
  {
    severity: "warning",
    input: "nodeDrainPolicy",
    holds: ({ nodeDrainPolicy }) => nodeDrainPolicy === "always-allow",
    because: "a drain can remove the node with the last healthy replica of a volume",
  },
  {
    severity: "warning",
    input: "concurrentReplicaRebuildPerNodeLimit",
    holds: ({ concurrentReplicaRebuildPerNodeLimit }) => concurrentReplicaRebuildPerNodeLimit === 0,
    because: "replicas are not rebuilt: after the loss of a node, a store stays degraded",
  },
  {
    severity: "warning",
    input: "storageOverProvisioningPercentage",
    holds: ({ storageOverProvisioningPercentage = 0 }) => storageOverProvisioningPercentage > 100,
    because:
      "volumes can exceed the capacity of the disks; a full disk stops the volumes on it, and radosgw refuses writes",
  },
  {
    severity: "warning",
    input: "storageMinimalAvailablePercentage",
    holds: ({ storageMinimalAvailablePercentage }) => storageMinimalAvailablePercentage === 0,
    because: "replicas are scheduled to a disk until it is full, and a full disk stops the volumes on it",
  },
  {
    severity: "warning",
    input: "orphanResourceAutoDeletion",
    holds: ({ orphanResourceAutoDeletion = "" }) => orphanResourceAutoDeletion.includes("replica-data"),
    because: "orphaned replica data is deleted, although it may be all that remains for recovery after a failure",
  },
  on(
    "createDefaultDiskLabeledNodes",
    "warning",
    "Longhorn creates a disk only on nodes with the label node.longhorn.io/create-default-disk, and volumes require a disk: " +
      "kubectl label node NODE node.longhorn.io/create-default-disk=true",
  ),
  on(
    "rwxVolumeFastFailover",
    "warning",
    "it has no effect on stores, because it applies only to ReadWriteMany volumes",
  ),
  {
    severity: "warning",
    input: "fastReplicaRebuildEnabled",
    holds: ({ fastReplicaRebuildEnabled }) => ofStores(fastReplicaRebuildEnabled) === false,
    because: "after each failure, replicas are copied completely, which takes hours instead of minutes",
  },
  {
    severity: "warning",
    input: "defaultLonghornStaticStorageClass",
    holds: ({ defaultLonghornStaticStorageClass }) => defaultLonghornStaticStorageClass === "longhorn",
    because:
      "from Longhorn 1.12 on, this package does not create the class longhorn of the chart, and Longhorn refuses a class that does not " +
      "exist. Name the class in storageClass.name, or omit the setting",
  },
];

/**
 * Returns the violations of refused combinations.
 *
 * @param within path of the settings
 */
export function combinationViolations(settings: LonghornSettingsArgs, within = "settings"): Violation[] {
  return found(settings, "error").map(({ input, because }) => {
    const field = `${within}.${input}`;
    return { field, got: settings[input], allowed: `another value, because ${because}`, fixes: [{ field }] };
  });
}

/** Returns a warning for each combination that is not refused. */
export function combinationWarnings(settings: LonghornSettingsArgs, within = "settings"): string[] {
  return found(settings, "warning").map(
    ({ input, because }) => `${within}.${input} is ${JSON.stringify(settings[input])}: ${because}.`,
  );
}

function found(settings: LonghornSettingsArgs, severity: Severity): Combination[] {
  return combinations.filter((combination) => combination.severity === severity && combination.holds(settings));
}
