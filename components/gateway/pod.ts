import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { notReadyTolerations } from "../failover/pod";
import type { ResolvedS3GatewayArgs } from "./args";
import { credentialKeys } from "./credentials-args";
import { probes } from "./probes";
import { command, dataPath, radosgwArguments, s3Port } from "./radosgw";
import { verbatim } from "./verbatim";
import { claimNameOf } from "./volume";

/**
 * Returns the spec of the gateway's pod. It keeps the container runtime's default capabilities: a smaller set is untested with
 * s3gw.
 */
export function podSpec(
  resolved: ResolvedS3GatewayArgs,
  secretName: pulumi.Input<string>,
): k8s.types.input.core.v1.PodSpec {
  const { serviceName, tolerationSeconds, terminationGracePeriodSeconds, image, resources } = resolved;
  const { affinity, priorityClassName } = resolved;
  return {
    ...placement(resolved),
    ...(Object.keys(affinity).length > 0 && { affinity }),
    ...(priorityClassName !== undefined && { priorityClassName }),
    tolerations: [...notReadyTolerations(tolerationSeconds), ...resolved.tolerations],
    terminationGracePeriodSeconds,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "s3gw",
        image,
        command,
        args: radosgwArguments(resolved),
        env: [...credentials(secretName), ...variables(resolved)],
        ports: [{ name: "s3", containerPort: s3Port }],
        ...(Object.keys(resources).length > 0 && { resources }),
        volumeMounts: [{ name: "data", mountPath: dataPath }],
        ...probes(resolved.livenessFailureSeconds),
      },
    ],
    volumes: [{ name: "data", persistentVolumeClaim: { claimName: claimNameOf(serviceName) } }],
  };
}

/** Returns the node selector and the pull Secrets of pods with the gateway's image. */
export function placement({
  nodeSelector,
  imagePullSecrets,
}: ResolvedS3GatewayArgs): Pick<k8s.types.input.core.v1.PodSpec, "nodeSelector" | "imagePullSecrets"> {
  return {
    nodeSelector: { ...nodeSelector },
    ...(imagePullSecrets.length > 0 && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
  };
}

/**
 * Returns the variables with the keys of the first user. Each is required: s3gw creates a user with the keys test/test if they
 * are missing.
 */
function credentials(secretName: pulumi.Input<string>): k8s.types.input.core.v1.EnvVar[] {
  return credentialKeys.map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: secretName, key } } }));
}

function variables({ env }: ResolvedS3GatewayArgs): k8s.types.input.core.v1.EnvVar[] {
  return Object.entries(env).map(([name, value]) => ({ name, value: verbatim(value) }));
}
