import { dnsSubdomain } from "../validation/kubernetes-names";
import { checkOptional, type Rule } from "../validation/rules";
import { within, type Violation } from "../validation/violations";

/**
 * What goes before another image of s3gw: it may change the databases in the volume so that the old image no longer reads them.
 * One of the two is needed whenever the image changes, and neither on a new store.
 */
export interface ImageChangeArgs {
  /**
   * Name of a snapshot of the volume, a Longhorn Snapshot, that is taken before the image changes; another name for each change.
   * The way back: stop the gateway, revert the volume to it in Longhorn, and give the old image again, as `withoutSnapshot` too.
   * @example "before-change"
   */
  snapshot?: string;
  /**
   * The very image that may start without one, for example the old one, once the volume has been reverted.
   * @example "quay.io/s3gw/s3gw:v0.23.0"
   */
  withoutSnapshot?: string;
}

/** Everything that is wrong with what goes before another image. */
export function imageChangeViolations(change: ImageChangeArgs | undefined, imageRule: Rule): Violation[] {
  const { snapshot, withoutSnapshot } = change ?? {};
  return within("imageChange", [
    ...checkOptional("snapshot", snapshot, dnsSubdomain("before-v0-24-0")),
    ...checkOptional("withoutSnapshot", withoutSnapshot, imageRule),
  ]);
}
