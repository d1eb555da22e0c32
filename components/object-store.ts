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
 * S3 object storage in the cluster: one gateway on one replicated volume, and one decision about its behavior when the node of the
 * gateway becomes unreachable.
 *
 * @example
 * new ObjectStore("photos", {
 *   longhorn: {},
 *   volume: { size: "100Gi" },
 *   failover: { onNodeFailure: OnNodeFailure.Wait },
 * });
 */
export class ObjectStore extends pulumi.ComponentResource {
  /** URL of the store inside the cluster; known when the gateway is ready. */
  declare public readonly endpoint: pulumi.Output<string>;
  /**
   * Access key of the first user, an administrator. Secret.
   * @secret
   */
  declare public readonly accessKeyId: pulumi.Output<string>;
  /**
   * Secret key of the first user. Secret.
   * @secret
   */
  declare public readonly secretAccessKey: pulumi.Output<string>;
  /** Name of the Secret with the first user's keys. */
  declare public readonly credentialsSecretName: pulumi.Output<string>;
  /** Namespace of the store's objects. */
  declare public readonly namespace: pulumi.Output<string>;
  /** Name of the Service. */
  declare public readonly serviceName: pulumi.Output<string>;
  /** Port of the Service. */
  declare public readonly servicePort: pulumi.Output<number>;
  /** Name of the Deployment. */
  declare public readonly deploymentName: pulumi.Output<string>;
  /** Name of the volume's claim. */
  declare public readonly persistentVolumeClaimName: pulumi.Output<string>;
  /** The access mode that the volume really has, which was decided when it was made. */
  declare public readonly accessMode: pulumi.Output<string>;
  /** The StorageClass that the volume was made from. */
  declare public readonly storageClassName: pulumi.Output<string>;
  /** Name of Longhorn's Helm release; absent with `existingLonghorn`. */
  declare public readonly releaseName?: pulumi.Output<string>;
  /** Version of Longhorn: of the chart that is installed, or as `existingLonghorn` says. */
  declare public readonly chartVersion: pulumi.Output<string>;
  /** What Longhorn does with the pods of a node that is down. */
  declare public readonly podDeletionPolicy: pulumi.Output<PodDeletionPolicy>;
  /** How long the store is away after a failure, for each failure case, as the recovery-time model has it. */
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

  /** The Longhorn that the store installed; undefined with `existingLonghorn`. */
  get longhorn(): Longhorn | undefined {
    return children.of(this).longhorn;
  }

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
 * The store's namespace, which Kubernetes keeps when Pulumi forgets it: with the namespace, the Secret with the keys would go.
 * s3gw runs as root with the runtime's default capabilities, which the level `baseline` of Pod Security allows.
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
      { field: "createNamespace", value: false, note: "the store uses it as it is" },
      { field: "namespace", value: `${namespace}-s3` },
    ],
  });
}
