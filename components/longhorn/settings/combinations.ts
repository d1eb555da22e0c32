import type { Violation } from "../../validation/violations";
import type { LonghornSettingsArgs } from "./settings-args";

/** What becomes of a combination that hurts a store: refused, or only said. */
type Severity = "error" | "warning";

/** A choice of settings that hurts an Active/Standby store. */
export interface Combination {
  readonly severity: Severity;
  /** The input that is at fault. */
  readonly input: keyof LonghornSettingsArgs;
  /** Whether it is there. */
  readonly holds: (settings: LonghornSettingsArgs) => boolean;
  /** What it does to a store, as a clause after "since" or a sentence of its own. */
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

/** Returns the value of a setting for the v1 data engine, which stores are on. */
function ofStores<Value extends boolean | number>(value: Value | { v1?: Value } | undefined): Value | undefined {
  return typeof value === "object" ? value.v1 : value;
}

/**
 * The combinations, of facts about Longhorn's code and documentation. Errors are those that Longhorn itself refuses, or after which
 * a store cannot be used; warnings those that somebody can want who knows what they cost.
 */
export const combinations: readonly Combination[] = [
  off("v1DataEngine", "error", "the volumes of stores are on the v1 data engine, and could not be attached"),
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
      "a volume that does not say otherwise then has one replica, on the node of its pod, and cannot move: a store would be lost with " +
      "its node. The StorageClass of the stores says otherwise",
  },
  {
    severity: "warning",
    input: "defaultReplicaCount",
    holds: ({ defaultReplicaCount }) => ofStores(defaultReplicaCount) === 1,
    because:
      "a volume that does not say otherwise is lost with the node of its one replica. The StorageClass of the stores says otherwise",
  },
  off(
    "allowVolumeCreationWithDegradedAvailability",
    "warning",
    "a detached volume whose replicas cannot all be placed is not attached again: on three nodes, with one out for long, the next " +
      "failover is refused",
  ),
  off(
    "autoSalvage",
    "warning",
    "a volume that lost all replicas at once, as in a power cut, stays down until somebody salvages it",
  ),
  off(
    "autoDeletePodWhenVolumeDetachedUnexpectedly",
    "warning",
    "a gateway whose volume was detached under it, as by a crashed instance manager, is not restarted and answers with errors",
  ),
  on("replicaSoftAntiAffinity", "warning", "two replicas of a volume can be on the same node, and are lost with it"),
  off(
    "replicaZoneSoftAntiAffinity",
    "warning",
    "nodes without a zone label are one zone, in which only one replica is placed: have three labelled zones, or leave it",
  ),
  {
    severity: "warning",
    input: "nodeDrainPolicy",
    holds: ({ nodeDrainPolicy }) => nodeDrainPolicy === "always-allow",
    because: "a drain can take the node with the last good replica of a volume",
  },
  {
    severity: "warning",
    input: "concurrentReplicaRebuildPerNodeLimit",
    holds: ({ concurrentReplicaRebuildPerNodeLimit }) => concurrentReplicaRebuildPerNodeLimit === 0,
    because: "no replica is rebuilt: after the loss of a node a store stays with fewer copies",
  },
  {
    severity: "warning",
    input: "storageOverProvisioningPercentage",
    holds: ({ storageOverProvisioningPercentage = 0 }) => storageOverProvisioningPercentage > 100,
    because:
      "volumes are promised more than the disks hold; a full disk stops the volumes on it, and radosgw refuses writes",
  },
  {
    severity: "warning",
    input: "storageMinimalAvailablePercentage",
    holds: ({ storageMinimalAvailablePercentage }) => storageMinimalAvailablePercentage === 0,
    because: "replicas are placed on a disk until it is full, and a full disk stops the volumes on it",
  },
  {
    severity: "warning",
    input: "orphanResourceAutoDeletion",
    holds: ({ orphanResourceAutoDeletion = "" }) => orphanResourceAutoDeletion.includes("replica-data"),
    because: "data that lost its volume is deleted: after a failure it may be all that is left to look into",
  },
  on(
    "createDefaultDiskLabeledNodes",
    "warning",
    "Longhorn creates a disk only on nodes with the label node.longhorn.io/create-default-disk, and without a disk no volume can be " +
      "created: kubectl label node NODE node.longhorn.io/create-default-disk=true",
  ),
  on(
    "rwxVolumeFastFailover",
    "warning",
    "it makes nothing faster for a store: Longhorn has it for ReadWriteMany volumes alone",
  ),
  {
    severity: "warning",
    input: "fastReplicaRebuildEnabled",
    holds: ({ fastReplicaRebuildEnabled }) => ofStores(fastReplicaRebuildEnabled) === false,
    because: "after each failure replicas are copied whole, which takes hours instead of minutes",
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
 * The combinations that are refused.
 *
 * @param within path of the settings
 */
export function combinationViolations(settings: LonghornSettingsArgs, within = "settings"): Violation[] {
  return found(settings, "error").map(({ input, because }) => {
    const field = `${within}.${input}`;
    return { field, got: settings[input], allowed: `another value, since ${because}`, fixes: [{ field }] };
  });
}

/** A sentence for each combination that is not refused. */
export function combinationWarnings(settings: LonghornSettingsArgs, within = "settings"): string[] {
  return found(settings, "warning").map(
    ({ input, because }) => `${within}.${input} is ${JSON.stringify(settings[input])}: ${because}.`,
  );
}

function found(settings: LonghornSettingsArgs, severity: Severity): Combination[] {
  return combinations.filter((combination) => combination.severity === severity && combination.holds(settings));
}
