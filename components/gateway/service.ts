import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { onCreationOnly, withStackLabel } from "../stack-label";
import type { ResolvedS3GatewayArgs } from "./args";
import { objectAnnotations, objectLabels, selectorLabels } from "./labels";
import { ServiceType } from "./service-args";

/** The gateway's name and address in the cluster. The provider's wait costs 10 s and says nothing that the Deployment's does not. */
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

/** Port of the Service. */
export function servicePortOf({ service }: ResolvedS3GatewayArgs): number {
  return service.port ?? 80;
}
