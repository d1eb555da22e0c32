import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedS3GatewayArgs } from "./args";
import { credentialKeys } from "./credentials";
import { probes } from "./probes";
import { command, dataPath, dnsNamesOf, radosgwArguments, s3Port } from "./radosgw";
import { claimNameOf } from "./volume";

/** Kubernetes' taints on a node that has gone. */
const silentNode = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

/** The gateway's pod. Capabilities are the runtime's default ones: fewer have not been tried with s3gw. */
export function podSpec(
  resolved: ResolvedS3GatewayArgs,
  secretName: pulumi.Input<string>,
): k8s.types.input.core.v1.PodSpec {
  const { serviceName, namespace, clusterDomain, evictAfterSeconds, terminationGracePeriodSeconds, image } = resolved;
  return {
    terminationGracePeriodSeconds,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // The only architecture that s3gw's images are for.
    nodeSelector: { "kubernetes.io/arch": "amd64" },
    tolerations: tolerations(evictAfterSeconds),
    securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "s3gw",
        image,
        command,
        args: radosgwArguments(dnsNamesOf(serviceName, namespace, clusterDomain)),
        env: credentials(secretName),
        ports: [{ name: "s3", containerPort: s3Port }],
        volumeMounts: [{ name: "data", mountPath: dataPath }],
        ...probes,
      },
    ],
    volumes: [{ name: "data", persistentVolumeClaim: { claimName: claimNameOf(serviceName) } }],
  };
}

/** How long the pod stays bound to a node that is not ready; without limit where no time is given. */
export function tolerations(evictAfterSeconds?: number): k8s.types.input.core.v1.Toleration[] {
  const limit = evictAfterSeconds === undefined ? {} : { tolerationSeconds: evictAfterSeconds };
  return silentNode.map((key) => ({ key, operator: "Exists", effect: "NoExecute", ...limit }));
}

/** One by one and none optional: s3gw makes a user with the keys test/test where they are missing. */
function credentials(secretName: pulumi.Input<string>): k8s.types.input.core.v1.EnvVar[] {
  return credentialKeys.map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: secretName, key } } }));
}
