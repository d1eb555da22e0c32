import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedS3GatewayArgs } from "./args";
import { objectLabels } from "./labels";

/** Name of the claim of a gateway. */
export function claimNameOf(serviceName: string): string {
  return `${serviceName}-data`;
}

/**
 * The gateway's volume. A change of access mode, class or volume name would make Kubernetes delete it and make an empty one, so
 * these act once and are ignored ever after. The provider's wait for a claim ends after 5 min, which it does not let us change:
 * the Deployment waits for it instead.
 */
export function createVolumeClaim(
  name: string,
  { namespace, serviceName, volume }: ResolvedS3GatewayArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.PersistentVolumeClaim {
  return new k8s.core.v1.PersistentVolumeClaim(
    `${name}-data`,
    {
      metadata: {
        namespace,
        name: claimNameOf(serviceName),
        labels: objectLabels(serviceName),
        annotations: { "pulumi.com/skipAwait": "true" },
      },
      spec: {
        accessModes: [volume.accessMode],
        storageClassName: volume.storageClassName,
        resources: { requests: { storage: volume.size } },
      },
    },
    { ...opts, ignoreChanges: ["spec.accessModes", "spec.storageClassName", "spec.volumeName"] },
  );
}
