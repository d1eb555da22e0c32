import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedS3GatewayArgs } from "./args";
import { objectLabels, selectorLabels } from "./labels";

/** Port of the Service. */
export const servicePort = 80;

/** The gateway's name and address in the cluster. The provider's wait costs 10 s and says nothing that the Deployment's does not. */
export function createService(
  name: string,
  { namespace, serviceName }: ResolvedS3GatewayArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Service {
  return new k8s.core.v1.Service(
    `${name}-service`,
    {
      metadata: {
        namespace,
        name: serviceName,
        labels: objectLabels(serviceName),
        annotations: { "pulumi.com/skipAwait": "true" },
      },
      spec: {
        type: "ClusterIP",
        selector: selectorLabels(serviceName),
        ports: [{ name: "s3", port: servicePort, targetPort: "s3" }],
      },
    },
    opts,
  );
}
