import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedS3GatewayArgs } from "./args";
import { objectAnnotations, objectLabels, selectorLabels } from "./labels";
import { placement } from "./pod";

const component = "image";

/**
 * Creates a DaemonSet that keeps the image on every node that can take over, so that a failover does not wait for a registry.
 * Nothing waits for its pods: a node that cannot pull the image must not block an update. Returns undefined if disabled.
 */
export function createImagePrePull(
  name: string,
  resolved: ResolvedS3GatewayArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.apps.v1.DaemonSet | undefined {
  if (!resolved.prePullImage) return undefined;
  const { namespace, serviceName } = resolved;
  const labels = objectLabels(resolved, component);
  return new k8s.apps.v1.DaemonSet(
    `${name}-image`,
    {
      metadata: {
        namespace,
        name: `${serviceName}-image`,
        labels,
        annotations: objectAnnotations(resolved, { "pulumi.com/skipAwait": "true" }),
      },
      spec: {
        selector: { matchLabels: selectorLabels(serviceName, component) },
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "100%" } },
        template: { metadata: { labels, annotations: objectAnnotations(resolved) }, spec: sleepingPod(resolved) },
      },
    },
    opts,
  );
}

/** Returns a pod that meets the Pod Security level `restricted`. It is stopped without delay, because it has no work to finish. */
function sleepingPod(resolved: ResolvedS3GatewayArgs): k8s.types.input.core.v1.PodSpec {
  const { nodeAffinity } = resolved.affinity;
  return {
    ...placement(resolved),
    ...(nodeAffinity && { affinity: { nodeAffinity } }),
    tolerations: [...resolved.tolerations],
    terminationGracePeriodSeconds: 1,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "image",
        image: resolved.image,
        command: ["sleep", "infinity"],
        resources: { requests: { cpu: "1m", memory: "4Mi" }, limits: { memory: "32Mi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
      },
    ],
  };
}
