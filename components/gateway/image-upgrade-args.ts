import { groupViolations } from "../validation/groups";
import { dnsSubdomain } from "../validation/kubernetes-names";
import { checkOptional, type Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";

/**
 * Safeguard for a change of the image: another s3gw may change the databases in the volume so that the old image no longer reads
 * them. One of the two is required whenever the image changes, and neither for a new store.
 */
export interface ImageUpgradeArgs {
  /**
   * Name of a Longhorn Snapshot of the volume that is taken before the image changes; a new name for each change. To roll back,
   * stop the gateway, revert the volume to the snapshot in Longhorn, and set the old image as `reference` and as
   * `skipSnapshotFor`.
   */
  snapshot?: string;
  /** Image that may start without a snapshot, for example when rolling back. */
  skipSnapshotFor?: string;
}

/** Returns what is wrong with the input `upgrade` of an image. */
export function imageUpgradeViolations(upgrade: ImageUpgradeArgs | undefined, imageRule: Rule): Violation[] {
  return groupViolations("upgrade", upgrade, ({ snapshot, skipSnapshotFor }) => [
    ...checkOptional("snapshot", snapshot, dnsSubdomain("before-v0-24-0")),
    ...checkOptional("skipSnapshotFor", skipSnapshotFor, imageRule),
  ]);
}
