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
  /** Volume of the store, which contains objects, metadata and users. */
  volume: VolumeArgs;
  /** S3 engine: its image, its options and its first user. */
  gateway?: GatewayArgs;
  /** Pod of the gateway. A change restarts it. */
  pod?: PodArgs;
  /** Service that clients connect to. */
  service?: ServiceArgs;
  /**
   * DNS names that clients outside the cluster use, such as the host of an Ingress. The in-cluster names of the Service are
   * always included. A request with any other Host header addresses a bucket of that name.
   * @example ["s3.example.com"]
   */
  dnsNames?: string[];
  /**
   * Labels of all objects of the gateway. A change restarts the pod.
   * @example { "team": "storage" }
   */
  labels?: { [key: string]: string };
  /**
   * Annotations of all objects in the gateway's namespace, including its pods. A change restarts the pod.
   * @example { "team": "storage" }
   */
  annotations?: { [key: string]: string };
  /**
   * DNS domain of the cluster.
   * @default "cluster.local"
   */
  clusterDomain?: string;
  /**
   * Protects all resources that hold data, or that are required to access it, from deletion by Pulumi. `pulumi destroy` then
   * fails before it deletes anything.
   * @default true
   */
  deletionProtection?: boolean;
}

export const defaultClusterDomain = "cluster.local";

/** Returns the violations of the arguments that a gateway and a store share. */
export function sharedViolations(name: string, namespace: string | undefined, args: SharedArgs): Violation[] {
  const { service, clusterDomain = defaultClusterDomain } = args;
  const ownName = service?.name ?? name;
  return [
    ...check("service.name", ownName, serviceName(asServiceName(String(ownName)))),
    // A namespace named after the Service is refused once.
    ...(namespace === ownName
      ? []
      : check("namespace", namespace, namespaceName(asServiceName(String(namespace ?? ownName))))),
    // The volume can be missing in a program without types.
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
