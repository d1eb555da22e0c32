import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { onCreationOnly, withStackLabel } from "../stack-label";
import type { ResolvedS3GatewayArgs } from "./args";
import { objectAnnotations, objectLabels, selectorLabels } from "./labels";
import { ServiceType } from "./service-args";

/**
 * Creates the Service of the gateway. The provider does not wait for it: that takes 10 s and adds nothing to the wait for the
 * Deployment.
 */
export function createService(
  name: string,
  resolved: ResolvedS3GatewayArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Service {
  const { namespace, serviceName, service } = resolved;
  const { type = ServiceType.ClusterIP, loadBalancerSourceRanges } = service;
  return new k8s.core.v1.Service(
    `${name}-service`,
    {
      metadata: {
        namespace,
        name: serviceName,
        labels: withStackLabel(objectLabels(resolved)),
        annotations: objectAnnotations(resolved, { ...service.annotations, "pulumi.com/skipAwait": "true" }),
      },
      spec: {
        type,
        ...(loadBalancerSourceRanges && { loadBalancerSourceRanges }),
        selector: selectorLabels(serviceName),
        ports: [{ name: "s3", port: servicePortOf(resolved), targetPort: "s3" }],
      },
    },
    onCreationOnly(opts),
  );
}

/** Returns the port of the Service. */
export function servicePortOf({ service }: ResolvedS3GatewayArgs): number {
  return service.port ?? 80;
}
