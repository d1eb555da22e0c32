import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { dnsSubdomain } from "../validation/kubernetes-names";
import { checkedSecret, checkOptional, credential, text } from "../validation/rules";
import { port } from "../validation/urls";
import { within, type Violation } from "../validation/violations";
import { bothOrNone } from "./chart-source";
import { longhornNamespace } from "./longhorn-namespace";
import { onCreationOnly, withStackLabel } from "../stack-label";
import { isAtLeast } from "./version";

/** Registry of all Longhorn images, including those of the pods that its manager creates. */
export interface LonghornImagesArgs {
  /**
   * Registry with a mirror of Longhorn's images, optionally with a path, such as `registry.example.com:5000/mirror`.
   * @default "docker.io"
   * @example "registry.example.com"
   */
  registry?: string;
  /**
   * Name of the image pull Secret, of type `kubernetes.io/dockerconfigjson`, in Longhorn's namespace. With `username` and
   * `password`, the Secret is created. Otherwise it must exist.
   * @default "longhorn-registry" with `username` and `password`; otherwise none
   * @example "longhorn-registry"
   */
  pullSecretName?: string;
  /**
   * User of the registry, from which the Secret is created. Secret.
   * @default no Secret is created
   * @example "reader"
   * @secretInState
   */
  username?: pulumi.Input<string>;
  /**
   * Password of the user. Secret.
   * @default no Secret is created
   * @secret
   */
  password?: pulumi.Input<string>;
}

const registryRule = text(
  new RegExp(
    String.raw`^(?:localhost|[\w-]+(?:\.[\w-]+)+|[\w-]+(?=:)|\[[\da-fA-F:]+\])(?::${port})?(?:/[a-z\d]+(?:[._-]+[a-z\d]+)*)*$`,
  ),
  'the host of a registry, with a dot or a port, optionally with a path; without a leading "https://" or a trailing "/"',
  "registry.example.com",
);

/** Returns the violations of the images. */
export function imagesViolations({ registry, pullSecretName, username, password }: LonghornImagesArgs): Violation[] {
  return within("images", [
    ...checkOptional("registry", registry, registryRule),
    ...checkOptional("pullSecretName", pullSecretName, dnsSubdomain(defaultSecretName)),
    ...bothOrNone(username, password),
  ]);
}

const defaultSecretName = "longhorn-registry";

/** Returns the name of the image pull Secret; undefined if none is needed. */
export function pullSecretNameOf({ pullSecretName, username }: LonghornImagesArgs): string | undefined {
  return pullSecretName ?? (username === undefined ? undefined : defaultSecretName);
}

/**
 * Returns the chart's values for the images. The registries of individual images have no effect in the chart. The manager
 * passes the Secret of its pods on to the pods that it creates, by its setting `registry-secret`.
 */
export function imagesValues(version: string, images: LonghornImagesArgs = {}) {
  const { registry } = images;
  const registrySecret = pullSecretNameOf(images);
  const isGlobal = isAtLeast(version, "1.10.0");
  const privateRegistry = {
    ...(registry !== undefined && !isGlobal && { registryUrl: registry }),
    ...(registrySecret !== undefined && { registrySecret }),
  };
  return {
    ...(registry !== undefined && isGlobal && { global: { imageRegistry: registry } }),
    ...(Object.keys(privateRegistry).length > 0 && { privateRegistry }),
  };
}

/** Creates the image pull Secret; returns undefined without `username` and `password`. */
export function createRegistrySecret(
  name: string,
  images: LonghornImagesArgs | undefined,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Secret | undefined {
  if (images?.username === undefined || images.password === undefined) return undefined;
  const subject = `Longhorn "${name}"`;
  const username = checkedSecret(subject, "images.username", images.username, credential);
  const password = checkedSecret(subject, "images.password", images.password, credential);
  const config = pulumi.all([username, password]).apply((login) => dockerConfig(images.registry, ...login));
  return new k8s.core.v1.Secret(
    `${name}-registry`,
    {
      metadata: { namespace: longhornNamespace, name: pullSecretNameOf(images), labels: withStackLabel() },
      type: "kubernetes.io/dockerconfigjson",
      stringData: { ".dockerconfigjson": config },
    },
    onCreationOnly(opts, "metadata.labels"),
  );
}

/** Returns the configuration with which the kubelet logs in to a registry. Docker Hub has a special name. */
export function dockerConfig(registry = "https://index.docker.io/v1/", username: string, password: string): string {
  const auth = Buffer.from(`${username}:${password}`).toString("base64");
  return JSON.stringify({ auths: { [registry]: { username, password, auth } } });
}
