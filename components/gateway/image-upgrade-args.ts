import { groupViolations } from "../validation/groups";
import { dnsSubdomain } from "../validation/kubernetes-names";
import { checkOptional, type Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";

/**
 * Safeguard for a change of the image. Another s3gw may upgrade the databases in the volume so that the old image can no longer
 * read them. One of the two inputs is required whenever the image of an existing store changes.
 */
export interface ImageUpgradeArgs {
  /**
   * Name of a Longhorn Snapshot of the volume that is taken before the image changes. Each change requires a new name. To roll
   * back, stop the gateway, revert the volume to the snapshot in Longhorn, and set `reference` and `skipSnapshotFor` to the old
   * image.
   * @example "before-change"
   */
  snapshot?: string;
  /**
   * Image that may start without a snapshot, for example when rolling back.
   * @example "quay.io/s3gw/s3gw:v0.23.0"
   */
  skipSnapshotFor?: string;
}

const subdomain = dnsSubdomain("before-v0-24-0");

/** Maximum length of a snapshot's name. Longhorn appends up to 25 characters to name its files, and file names have at most 255. */
const longestName = 230;

const snapshotName: Rule = {
  ...subdomain,
  allowed: subdomain.allowed.replace("at most 253", `at most ${longestName}`),
  holds: (value) => subdomain.holds(value) && String(value).length <= longestName,
};

/** Returns the violations of the input `upgrade` of an image. */
export function imageUpgradeViolations(upgrade: ImageUpgradeArgs | undefined, imageRule: Rule): Violation[] {
  return groupViolations("upgrade", upgrade, ({ snapshot, skipSnapshotFor }) => [
    ...checkOptional("snapshot", snapshot, snapshotName),
    ...checkOptional("skipSnapshotFor", skipSnapshotFor, imageRule),
  ]);
}
