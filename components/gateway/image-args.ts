import type * as pulumi from "@pulumi/pulumi";
import { groupViolations } from "../validation/groups";
import { dnsSubdomain } from "../validation/kubernetes-names";
import { itemViolations } from "../validation/lists";
import { check, checkOptional, text, trueOrFalse } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { imageUpgradeViolations, type ImageUpgradeArgs } from "./image-upgrade-args";

/** Image of the engine and how nodes pull it. */
export interface ImageArgs {
  /**
   * Image of s3gw, with a tag or a digest. s3gw is no longer maintained and runs on amd64 only: keep a mirror of the image.
   * @default "quay.io/s3gw/s3gw:v0.23.0"
   */
  reference?: pulumi.Input<string>;
  /** Names of Secrets in the gateway's namespace with credentials for the image's registry. */
  pullSecrets?: string[];
  /**
   * Pulls the image to every node that could take over, with a DaemonSet `<service.name>-image` whose pods sleep. Without it, a
   * failover may wait for the registry. Updates do not wait for the DaemonSet.
   * @default true
   */
  prePull?: boolean;
  /** Safeguard required when `reference` changes: a snapshot, or an explicit opt-out. */
  upgrade?: ImageUpgradeArgs;
}

/** The last release of s3gw. */
export const defaultImage = "quay.io/s3gw/s3gw:v0.23.0";

export const imageRule = text(
  /^[^\s@]+(:(?!latest$)\w[\w.-]{0,127}|(:[\w.-]+)?@sha256:[0-9a-f]{64})$/,
  'an image with a digest, or with a tag other than "latest", which release candidates were pushed to as well',
  defaultImage,
  512,
);

/** Returns what is wrong with the input `image` of a gateway. */
export function imageViolations(image: ImageArgs | undefined): Violation[] {
  return groupViolations("image", image, ({ reference, pullSecrets, prePull, upgrade }) => [
    ...checkOptional("reference", reference, imageRule),
    ...itemViolations("pullSecrets", pullSecrets, (place, name) => check(place, name, dnsSubdomain("registry"))),
    ...checkOptional("prePull", prePull, trueOrFalse),
    ...imageUpgradeViolations(upgrade, imageRule),
  ]);
}
