import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { setOutputs } from "../outputs";
import { ChildResources } from "../child-resources";
import { resolveS3GatewayArgs, type S3GatewayArgs } from "./args";
import { createCredentials } from "./credentials";
import { createDeployment } from "./deployment";
import { endpointOf } from "./endpoint";
import { createImagePrePull } from "./image-pre-pull";
import { createService, servicePortOf } from "./service";
import { createVolume } from "./volume";
import { warnOfDoubts } from "./volume-warnings";

/**
 * One s3gw gateway on one volume, with credentials and a Service. At most one pod uses the volume, and the volume is never
 * replaced. `ObjectStore` adds a namespace, Longhorn and a failover decision.
 */
export class S3Gateway extends pulumi.ComponentResource {
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

  constructor(name: string, args: S3GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    const resolved = resolveS3GatewayArgs(name, args);
    super("longhorn-s3:index:S3Gateway", name, {}, opts);
    const child = { parent: this, ...(resolved.deletionProtection && { protect: true }) };

    const { secret, ...keys } = createCredentials(name, resolved, child);
    const { claim, ready } = createVolume(name, resolved, child);
    const before = { ...child, dependsOn: [...ready, secret] };
    const deployment = createDeployment(name, resolved, secret.metadata.name, before);
    const imagePull = createImagePrePull(name, resolved, { parent: this });
    // A destroy is refused at the Service, before it deletes the DaemonSet.
    const service = createService(name, resolved, { ...child, ...(imagePull && { dependsOn: imagePull }) });
    children.keep(this, { secret, claim, deployment, service });
    warnOfDoubts(resolved, this);

    this.registerOutputs(
      setOutputs<S3Gateway>(this, {
        endpoint: endpointOf(service, deployment, resolved),
        accessKeyId: keys.accessKeyId,
        secretAccessKey: keys.secretAccessKey,
        credentialsSecretName: secret.metadata.name,
        namespace: service.metadata.namespace,
        serviceName: service.metadata.name,
        servicePort: pulumi.output(servicePortOf(resolved)),
        deploymentName: deployment.metadata.name,
        persistentVolumeClaimName: claim.metadata.name,
        accessMode: claim.spec.accessModes.apply((modes) => modes.join(", ")),
      }),
    );
  }

  /** Secret with the keys of the first user. */
  get credentialsSecret(): k8s.core.v1.Secret {
    return children.of(this).secret;
  }

  /** PersistentVolumeClaim of the store. */
  get persistentVolumeClaim(): k8s.core.v1.PersistentVolumeClaim {
    return children.of(this).claim;
  }

  /** Deployment of the gateway. */
  get deployment(): k8s.apps.v1.Deployment {
    return children.of(this).deployment;
  }

  /** Service that clients connect to. */
  get service(): k8s.core.v1.Service {
    return children.of(this).service;
  }
}

interface S3GatewayChildren {
  secret: k8s.core.v1.Secret;
  claim: k8s.core.v1.PersistentVolumeClaim;
  deployment: k8s.apps.v1.Deployment;
  service: k8s.core.v1.Service;
}

const children = new ChildResources<S3Gateway, S3GatewayChildren>();
