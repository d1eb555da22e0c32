import type * as pulumi from "@pulumi/pulumi";
import { groupViolations } from "../validation/groups";
import { dnsSubdomain } from "../validation/kubernetes-names";
import { itemViolations } from "../validation/lists";
import { check, checkOptional, trueOrFalse } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { imageRule } from "./image-reference";
import { imageUpgradeViolations, type ImageUpgradeArgs } from "./image-upgrade-args";

/** Image of the engine, and how nodes pull it. */
export interface ImageArgs {
  /**
   * Image of s3gw, with a tag or a digest. s3gw is no longer maintained and supports only amd64: keep a mirror of the image.
   * @default "quay.io/s3gw/s3gw:v0.23.0"
   */
  reference?: pulumi.Input<string>;
  /**
   * Names of image pull Secrets in the gateway's namespace.
   * @example ["registry"]
   */
  pullSecrets?: string[];
  /**
   * Pulls the image to every node that can take over, by a DaemonSet `<service.name>-image` with idle pods. Without it, a
   * failover may wait for the registry. Updates do not wait for the DaemonSet.
   * @default true
   */
  prePull?: boolean;
  /** Safeguard required when `reference` changes: a snapshot, or an explicit opt-out. */
  upgrade?: ImageUpgradeArgs;
}

/** Returns the violations of the input `image` of a gateway. */
export function imageViolations(image: ImageArgs | undefined): Violation[] {
  return groupViolations("image", image, ({ reference, pullSecrets, prePull, upgrade }) => [
    ...checkOptional("reference", reference, imageRule),
    ...itemViolations("pullSecrets", pullSecrets, (place, name, index) => [
      ...check(place, name, dnsSubdomain("registry")),
      ...nameTwice(place, name, (pullSecrets ?? []).indexOf(name) < index),
    ]),
    ...checkOptional("prePull", prePull, trueOrFalse),
    ...imageUpgradeViolations(upgrade, imageRule),
  ]);
}

/** Refuses a duplicate Secret. Kubernetes does so too, but only when the pod is applied. */
function nameTwice(field: string, got: string, isTwice: boolean): Violation[] {
  return isTwice ? [{ field, got, allowed: "a name that is not in the list yet", fixes: [{ field }] }] : [];
}
