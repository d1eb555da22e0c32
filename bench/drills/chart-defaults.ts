import type { V1Deployment, V1PersistentVolumeClaim, V1Secret, V1Service } from "@kubernetes/client-node";

/** The objects of a store. */
export interface StoreObjectSet {
  deployment: V1Deployment;
  service: V1Service;
  secret: V1Secret;
  claim: V1PersistentVolumeClaim;
}

/** Namespace of the rival. */
export const rivalNamespace = "chart-defaults";

/**
 * Returns the same gateway with the default values of the s3gw chart: one replica, `Recreate`, a ReadWriteOnce claim,
 * the default tolerations (300 s), the default grace period, no probe, no priority. Described here, not copied.
 *
 * @param ours objects of a store of this package, for image, arguments, keys and StorageClass
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

/** Returns the object's name and labels in the rival's namespace. */
function named({ metadata }: { metadata?: { name?: string; labels?: Record<string, string> } }) {
  return { metadata: { name: metadata?.name, namespace: rivalNamespace, labels: metadata?.labels } };
}
