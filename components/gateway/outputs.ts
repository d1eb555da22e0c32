import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ResolvedS3GatewayArgs } from "./args";
import type { S3Gateway } from "./s3-gateway";
import { servicePortOf } from "./service";

/** The outputs of a gateway, which are a store's too. */
export function gatewayOutputs(gateway: S3Gateway) {
  return {
    endpoint: gateway.endpoint,
    accessKeyId: gateway.accessKeyId,
    secretAccessKey: gateway.secretAccessKey,
    credentialsSecretName: gateway.credentialsSecretName,
    namespace: gateway.namespace,
    serviceName: gateway.serviceName,
    servicePort: gateway.servicePort,
    deploymentName: gateway.deploymentName,
    persistentVolumeClaimName: gateway.persistentVolumeClaimName,
    accessMode: gateway.accessMode,
  };
}

/** The gateway's URL in the cluster; known when the gateway is ready and not before. */
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
