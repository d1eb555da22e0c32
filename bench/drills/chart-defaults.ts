import type { V1Deployment, V1PersistentVolumeClaim, V1Secret, V1Service } from "@kubernetes/client-node";

/** The objects of a store. */
export interface StoreObjectSet {
  deployment: V1Deployment;
  service: V1Service;
  secret: V1Secret;
  claim: V1PersistentVolumeClaim;
}

/** Where the rival lives. */
export const rivalNamespace = "chart-defaults";

/**
 * What the s3gw chart's default values make of the same gateway, described here and not copied: one replica, `Recreate`, a claim that is
 * ReadWriteOnce, no toleration of silent nodes (Kubernetes then gives 300 s), the grace period that Kubernetes has, no probe, no priority.
 *
 * @param ours the objects of a store of this package, which lend image, arguments, keys and class
 * @see https://github.com/s3gw-tech/s3gw-charts/tree/main/charts/s3gw
 */
export function chartDefaults({ deployment, service, secret, claim }: StoreObjectSet): StoreObjectSet {
  const template = deployment.spec?.template;
  const {
    tolerations: _,
    terminationGracePeriodSeconds: __,
    priorityClassName: ___,
    ...pod
  } = template?.spec ?? {
    containers: [],
  };
  return {
    deployment: {
      ...named(deployment),
      spec: {
        replicas: 1,
        strategy: { type: "Recreate" },
        selector: deployment.spec?.selector ?? {},
        template: {
          metadata: { labels: template?.metadata?.labels },
          spec: {
            ...pod,
            containers: pod.containers.map(
              ({ startupProbe: _startup, readinessProbe: _readiness, livenessProbe: _liveness, ...rest }) => rest,
            ),
          },
        },
      },
    },
    service: { ...named(service), spec: { selector: service.spec?.selector, ports: service.spec?.ports } },
    secret: { ...named(secret), data: secret.data },
    claim: {
      ...named(claim),
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: claim.spec?.storageClassName,
        resources: { requests: claim.spec?.resources?.requests },
      },
    },
  };
}

/** The object's name and labels in the rival's namespace, and nothing of where it comes from. */
function named({ metadata }: { metadata?: { name?: string; labels?: Record<string, string> } }) {
  return { metadata: { name: metadata?.name, namespace: rivalNamespace, labels: metadata?.labels } };
}
