import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ResolvedS3GatewayArgs } from "./args";
import { servicePortOf } from "./service";

/** Returns the URL of the gateway inside the cluster. It is known once the gateway is ready. */
export function endpointOf(
  service: k8s.core.v1.Service,
  deployment: k8s.apps.v1.Deployment,
  resolved: ResolvedS3GatewayArgs,
): pulumi.Output<string> {
  const port = servicePortOf(resolved);
  const suffix = `svc.${resolved.clusterDomain}${port === 80 ? "" : `:${port}`}`;
  return pulumi
    .all([service.metadata, deployment.metadata])
    .apply(([{ name, namespace }]) => `http://${name}.${namespace}.${suffix}`);
}
