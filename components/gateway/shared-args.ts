import { asServiceName, namespaceName, resolvableName, serviceName } from "../validation/kubernetes-names";
import { check, checkOptional, trueOrFalse } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { dnsNameViolations, inClusterNames } from "./dns-names";
import { gatewayGroupViolations, type GatewayArgs } from "./gateway-args";
import { annotationViolations, labelViolations } from "./labels";
import { podViolations, type PodArgs } from "./pod-args";
import { serviceViolations, type ServiceArgs } from "./service-args";
import { volumeViolations, type VolumeArgs } from "./volume-args";

/** Arguments that `S3Gateway` and `ObjectStore` share. */
export interface SharedArgs {
  /** The volume, which holds everything: objects, metadata and users. */
  volume: VolumeArgs;
  /** Program that serves S3: its image, its options and its first user. */
  gateway?: GatewayArgs;
  /** The gateway's pod. A change restarts it. */
  pod?: PodArgs;
  /** The Service that clients connect to. */
  service?: ServiceArgs;
  /**
   * DNS names that clients outside the cluster use, such as the host of an Ingress. The names of the Service inside the cluster are
   * always included. A request with any other name in its Host header addresses a bucket of that name.
   * @example ["s3.example.com"]
   */
  dnsNames?: string[];
  /**
   * Labels of all objects of the gateway. A change restarts its pod.
   * @example { "team": "storage" }
   */
  labels?: { [key: string]: string };
  /**
   * Annotations of all objects in the gateway's namespace, its pods included. A change restarts its pod.
   * @example { "team": "storage" }
   */
  annotations?: { [key: string]: string };
  /**
   * DNS domain of the cluster.
   * @default "cluster.local"
   */
  clusterDomain?: string;
  /**
   * Protects everything that holds data or leads to it from deletion by Pulumi. The first `pulumi destroy` is then refused and
   * deletes nothing.
   * @default true
   */
  deletionProtection?: boolean;
}

export const defaultClusterDomain = "cluster.local";

/** Returns what is wrong with the arguments that a gateway and a store share. */
export function sharedViolations(name: string, namespace: string | undefined, args: SharedArgs): Violation[] {
  const { service, clusterDomain = defaultClusterDomain } = args;
  const ownName = service?.name ?? name;
  return [
    ...check("service.name", ownName, serviceName(asServiceName(String(ownName)))),
    // A namespace that has the Service's name is refused once.
    ...(namespace === ownName
      ? []
      : check("namespace", namespace, namespaceName(asServiceName(String(namespace ?? ownName))))),
    // A program without types can leave the volume out.
    ...volumeViolations(ownName, args.volume),
    ...gatewayGroupViolations(args.gateway),
    ...podViolations(args.pod, args.gateway?.image?.reference),
    ...serviceViolations(service),
    ...dnsNameViolations(args.dnsNames, inClusterNames(ownName, namespace ?? ownName, clusterDomain)),
    ...labelViolations("labels", args.labels),
    ...annotationViolations("annotations", args.annotations),
    ...checkOptional("clusterDomain", args.clusterDomain, resolvableName("cluster.local")),
    ...checkOptional("deletionProtection", args.deletionProtection, trueOrFalse),
  ];
}
