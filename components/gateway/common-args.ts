import type * as pulumi from "@pulumi/pulumi";
import { asServiceName, dnsSubdomain, namespaceName, serviceName } from "../validation/kubernetes-names";
import { check, checkOptional, text, trueOrFalse } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { credentialsViolations, type CredentialsArgs } from "./credentials-args";
import { dnsNameViolations, inClusterNames } from "./dns-names";
import { imageChangeViolations, type ImageChangeArgs } from "./image-change-args";
import { annotationViolations, labelViolations } from "./labels";
import { podViolations, type GatewayPodArgs } from "./pod-args";
import { serviceViolations, type ServiceArgs } from "./service-args";
import { volumeViolations, type VolumeArgs } from "./volume-args";

/** What a gateway and a whole store have in common. */
export interface GatewayCommonArgs extends GatewayPodArgs {
  /** The one volume, which holds everything: objects, metadata and users. */
  volume: VolumeArgs;
  /**
   * Name of the Service, which clients reach the store by, and of the Deployment; the volume's claim is `<serviceName>-data`.
   * @default the component's name
   * @example "photos"
   */
  serviceName?: string;
  /**
   * Image of s3gw, with a tag or a digest. Its maintenance has stopped, and it is for amd64 only: keep a mirror of it.
   * @default "quay.io/s3gw/s3gw:v0.23.0"
   */
  image?: pulumi.Input<string>;
  /** What goes before another image: a change of the image without it is refused. */
  imageChange?: ImageChangeArgs;
  /**
   * Where the first user's keys come from.
   * @default they are generated
   */
  credentials?: CredentialsArgs;
  /** The Service that clients reach the store by. */
  service?: ServiceArgs;
  /**
   * Names that clients outside of the cluster use, as an Ingress has them. Those of the Service inside it are always there. A
   * request by any other name is taken for one to a bucket of that name.
   * @example ["s3.example.com"]
   */
  dnsNames?: string[];
  /**
   * Labels of all objects of the gateway. A change starts it anew.
   * @example { "team": "storage" }
   */
  labels?: { [key: string]: string };
  /**
   * Annotations of all objects in the gateway's namespace, its pods included. A change starts it anew.
   * @example { "team": "storage" }
   */
  annotations?: { [key: string]: string };
  /**
   * DNS domain of the cluster.
   * @default "cluster.local"
   */
  clusterDomain?: string;
  /**
   * Protects everything that holds data or leads to it from deletion by Pulumi: then the first `pulumi destroy` is refused and
   * deletes nothing.
   * @default true
   */
  deletionProtection?: boolean;
}

export const defaultClusterDomain = "cluster.local";

/** The last release of s3gw. */
export const defaultImage = "quay.io/s3gw/s3gw:v0.23.0";

export const imageRule = text(
  /^[^\s@]+(:(?!latest$)\w[\w.-]{0,127}|(:[\w.-]+)?@sha256:[0-9a-f]{64})$/,
  'an image with a digest, or with a tag other than "latest", which release candidates were pushed to as well',
  defaultImage,
  512,
);

/** Everything that is wrong with the inputs that a gateway and a whole store have in common. */
export function commonViolations(name: string, namespace: string | undefined, args: GatewayCommonArgs): Violation[] {
  const { serviceName: service = name, clusterDomain = defaultClusterDomain } = args;
  return [
    ...check("serviceName", service, serviceName(asServiceName(String(service)))),
    // Where the Service's name stands for both, it is refused once.
    ...(namespace === service
      ? []
      : check("namespace", namespace, namespaceName(asServiceName(String(namespace ?? service))))),
    // A program without types can leave the volume out.
    ...volumeViolations(service, args.volume),
    ...checkOptional("image", args.image, imageRule),
    ...imageChangeViolations(args.imageChange, imageRule),
    ...credentialsViolations(args.credentials),
    ...podViolations(args),
    ...serviceViolations(args.service),
    ...dnsNameViolations(args.dnsNames, inClusterNames(service, namespace ?? service, clusterDomain)),
    ...labelViolations("labels", args.labels),
    ...annotationViolations("annotations", args.annotations),
    ...checkOptional("clusterDomain", args.clusterDomain, dnsSubdomain("cluster.local")),
    ...checkOptional("deletionProtection", args.deletionProtection, trueOrFalse),
  ];
}
