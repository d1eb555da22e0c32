import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { PredictedRecovery } from "./failover";
import { S3Gateway } from "./gateway";
import { newStoreHook } from "./gateway/system-namespace";
import { Longhorn, longhornNamespace, type PodDeletionPolicy } from "./longhorn";
import { resolveObjectStoreArgs, type ObjectStoreArgs, type ResolvedObjectStoreArgs } from "./object-store-args";
import { existingObjectHook } from "./existing-object";
import { outputsOf, setOutputs } from "./outputs";
import { ChildResources } from "./child-resources";
import { onCreationOnly, withStackLabel } from "./stack-label";

/**
 * S3 object storage in a Kubernetes cluster: one gateway on one replicated Longhorn volume. A single failover decision sets the
 * behavior when the gateway's node becomes unreachable.
 *
 * @example
 * new ObjectStore("photos", {
 *   longhorn: {},
 *   volume: { size: "100Gi" },
 *   failover: { onNodeFailure: OnNodeFailure.Wait },
 * });
 */
export class ObjectStore extends pulumi.ComponentResource {
  /** URL of the store inside the cluster. Known once the gateway is ready. */
  declare public readonly endpoint: pulumi.Output<string>;
  /**
   * Access key ID of the first user, who is an administrator. Secret.
   * @secret
   */
  declare public readonly accessKeyId: pulumi.Output<string>;
  /**
   * Secret access key of the first user. Secret.
   * @secret
   */
  declare public readonly secretAccessKey: pulumi.Output<string>;
  /** Name of the Secret with the keys of the first user. */
  declare public readonly credentialsSecretName: pulumi.Output<string>;
  /** Namespace of the store's objects. */
  declare public readonly namespace: pulumi.Output<string>;
  /** Name of the Service. */
  declare public readonly serviceName: pulumi.Output<string>;
  /** Port of the Service. */
  declare public readonly servicePort: pulumi.Output<number>;
  /** Name of the Deployment. */
  declare public readonly deploymentName: pulumi.Output<string>;
  /** Name of the PersistentVolumeClaim. */
  declare public readonly persistentVolumeClaimName: pulumi.Output<string>;
  /** Actual access mode of the volume, which is fixed at its creation. */
  declare public readonly accessMode: pulumi.Output<string>;
  /** Name of the StorageClass that the volume was created with. */
  declare public readonly storageClassName: pulumi.Output<string>;
  /** Name of Longhorn's Helm release; not set with `existingLonghorn`. */
  declare public readonly releaseName?: pulumi.Output<string>;
  /** Version of Longhorn: that of the installed chart, or of `existingLonghorn`. */
  declare public readonly chartVersion: pulumi.Output<string>;
  /** Longhorn's policy for the pods of a node that is down. */
  declare public readonly podDeletionPolicy: pulumi.Output<PodDeletionPolicy>;
  /** Predicted recovery time of each failure case, in seconds. */
  declare public readonly predictedRecovery: pulumi.Output<PredictedRecovery>;

  constructor(name: string, args: ObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    const resolved = resolveObjectStoreArgs(name, args);
    super("longhorn-s3:index:ObjectStore", name, {}, opts);
    const child = { parent: this };

    const longhorn = resolved.longhorn && new Longhorn(`${name}-longhorn`, resolved.longhorn, child);
    const namespace = createNamespace(name, resolved, child);
    const before = [longhorn, namespace].filter((resource) => resource !== undefined);
    const gateway = new S3Gateway(`${name}-gateway`, resolved.gateway, { ...child, dependsOn: before });
    for (const text of resolved.warnings) void pulumi.log.warn(text, this);
    children.keep(this, { longhorn, gateway });

    this.registerOutputs(
      setOutputs<ObjectStore>(this, {
        ...outputsOf(gateway),
        storageClassName: gateway.persistentVolumeClaim.spec.storageClassName,
        releaseName: longhorn?.releaseName,
        chartVersion: longhorn?.chartVersion ?? pulumi.output(resolved.reference.version),
        podDeletionPolicy: pulumi.output(resolved.reference.podDeletionPolicy),
        predictedRecovery: pulumi.output(resolved.predictedRecovery),
      }),
    );
  }

  /** Longhorn that the store installed; undefined with `existingLonghorn`. */
  get longhorn(): Longhorn | undefined {
    return children.of(this).longhorn;
  }

  /** Gateway of the store. */
  get gateway(): S3Gateway {
    return children.of(this).gateway;
  }
}

interface ObjectStoreChildren {
  longhorn?: Longhorn;
  gateway: S3Gateway;
}

const children = new ChildResources<ObjectStore, ObjectStoreChildren>();

/**
 * Creates the namespace of the store. Kubernetes keeps it when Pulumi removes it from the state: deleting it would delete the
 * Secret with the keys. s3gw runs as root with the container runtime's default capabilities, which the Pod Security level
 * `baseline` allows.
 */
function createNamespace(
  name: string,
  { newNamespace, deletionProtection, reference }: ResolvedObjectStoreArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Namespace | undefined {
  if (newNamespace === undefined) return undefined;
  const resource = `${name}-namespace`;
  const labels = withStackLabel({ "pod-security.kubernetes.io/enforce": "baseline" });
  return new k8s.core.v1.Namespace(
    resource,
    { metadata: { name: newNamespace, labels } },
    {
      ...onCreationOnly(opts),
      ...(deletionProtection && { protect: true }),
      retainOnDelete: true,
      hooks: {
        beforeCreate: newStoreHook(
          `${name}-new-namespace`,
          `ObjectStore "${name}"`,
          newNamespace,
          reference.namespace ?? longhornNamespace,
        ),
        afterCreate: existingNamespaceHook(name, newNamespace, resource),
      },
    },
  );
}

function existingNamespaceHook(name: string, namespace: string, resource: string): pulumi.ResourceHook[] {
  return existingObjectHook(`${resource}-existing`, {
    ...{ subject: `ObjectStore "${name}"`, kind: "Namespace", name: namespace, resource },
    ...{ field: "createNamespace", got: true },
    fixes: [
      { field: "createNamespace", value: false, note: "the store uses the existing namespace" },
      { field: "namespace", value: `${namespace}-s3` },
    ],
  });
}
