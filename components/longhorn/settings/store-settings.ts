import { PodDeletionPolicy } from "../pod-deletion-policy";
import type { SettingName } from "./table";

/**
 * The settings on which it depends that a store survives the loss of a node and stays redundant afterwards, with the values that
 * are written unless the inputs of `Longhorn` say otherwise. All of them are written always, also where the value is Longhorn's
 * own default: Longhorn keeps the last value of a setting that is no longer written. Settings whose right value depends on the
 * machines (reserved space, CPU of the engines, autoscaler) are left alone.
 */
export const storeSettings = {
  "node-down-pod-deletion-policy": PodDeletionPolicy.DoNothing,
  // The uninstaller refuses to work while it is false.
  "deleting-confirmation-flag": "false",
  // Restarts the pod when the engine died under it, which the pod itself cannot notice.
  "auto-delete-pod-when-volume-detached-unexpectedly": "true",
  "auto-salvage": "true",
  "node-drain-policy": "block-if-contains-last-replica",
  "replica-soft-anti-affinity": "false",
  // With false, nodes without a zone label are one zone and only one copy could be placed.
  "replica-zone-soft-anti-affinity": "true",
  "replica-auto-balance": "least-effort",
  // Long enough for a node that reboots: its copy is then brought up to date instead of made anew.
  "replica-replenishment-wait-interval": "600",
  // 0 would stop every rebuild.
  "concurrent-replica-rebuild-per-node-limit": "5",
  "fast-replica-rebuild-enabled": "true",
  "snapshot-data-integrity": "fast-check",
  "engine-replica-timeout": "8",
  // With false, a volume that lacks a copy cannot be attached: on three nodes the second failover would be refused.
  "allow-volume-creation-with-degraded-availability": "true",
  "disable-scheduling-on-cordoned-node": "true",
  "storage-over-provisioning-percentage": "100",
  // Copies that lost their volume are kept: they may be all that is left to look into after a failure.
  "orphan-resource-auto-deletion": "",
} as const satisfies Partial<Record<SettingName, string>>;
