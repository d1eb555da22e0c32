import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { onCreationOnly, withStackLabel } from "../stack-label";
import type { ResolvedS3GatewayArgs } from "./args";
import { imageUpgradeHook, snapshotAnnotations } from "./image-upgrade";
import { objectAnnotations, objectLabels, selectorLabels } from "./labels";
import { podSpec } from "./pod";

/** Seconds for the creation and attachment of the volume, the image pull, and the start of the database. */
const readyWithinSeconds = 900;

/** Creates the Deployment of the gateway. It has a single pod; a new one is created only after the old one has been deleted. */
export function createDeployment(
  name: string,
  resolved: ResolvedS3GatewayArgs,
  secretName: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): k8s.apps.v1.Deployment {
  const { namespace, serviceName, imageUpgrade } = resolved;
  const labels = objectLabels(resolved);
  const readyWithin = `${readyWithinSeconds}s`;
  return new k8s.apps.v1.Deployment(
    `${name}-deployment`,
    {
      metadata: {
        namespace,
        name: serviceName,
        labels: withStackLabel(labels),
        annotations: objectAnnotations(resolved, snapshotAnnotations(imageUpgrade)),
      },
      spec: {
        replicas: 1,
        strategy: { type: "Recreate" },
        progressDeadlineSeconds: readyWithinSeconds,
        selector: { matchLabels: selectorLabels(serviceName) },
        template: {
          metadata: { labels, annotations: objectAnnotations(resolved) },
          spec: podSpec(resolved, secretName),
        },
      },
    },
    {
      ...onCreationOnly(opts),
      customTimeouts: { create: readyWithin, update: readyWithin },
      hooks: { beforeUpdate: imageUpgradeHook(name, imageUpgrade) },
    },
  );
}
