import { PodDeletionPolicy } from "../pod-deletion-policy";
import type { SettingName } from "./table";

/**
 * Settings that a store needs to survive the loss of a node and to stay redundant, with their default values. All of them are
 * always written, even if the value is Longhorn's default: Longhorn keeps the last value of a setting that is removed. Settings
 * that depend on the machines (reserved space, CPU of the engines, autoscaler) are not set.
 */
export const storeSettings = {
  "node-down-pod-deletion-policy": PodDeletionPolicy.DoNothing,
  // The uninstaller fails while it is false.
  "deleting-confirmation-flag": "false",
  // Restarts the pod if its engine fails, which the pod itself cannot detect.
  "auto-delete-pod-when-volume-detached-unexpectedly": "true",
  "auto-salvage": "true",
  "node-drain-policy": "block-if-contains-last-replica",
  "replica-soft-anti-affinity": "false",
  // With false, nodes without a zone label count as one zone, which gets only one replica.
  "replica-zone-soft-anti-affinity": "true",
  "replica-auto-balance": "least-effort",
  // Long enough for a reboot: the replica of the node is then updated instead of rebuilt.
  "replica-replenishment-wait-interval": "600",
  // 0 would disable rebuilding.
  "concurrent-replica-rebuild-per-node-limit": "5",
  "fast-replica-rebuild-enabled": "true",
  "snapshot-data-integrity": "fast-check",
  "engine-replica-timeout": "8",
  // With false, a degraded volume cannot be attached: on three nodes the second failover would fail.
  "allow-volume-creation-with-degraded-availability": "true",
  "disable-scheduling-on-cordoned-node": "true",
  "storage-over-provisioning-percentage": "100",
  // Orphaned replica data is kept: it may be all that remains for recovery after a failure.
  "orphan-resource-auto-deletion": "",
} as const satisfies Partial<Record<SettingName, string>>;
