import { groupViolations } from "../validation/groups";
import { itemViolations } from "../validation/lists";
import { check, checkOptional, integer, oneOf, type Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { annotationViolations } from "./labels";

/** Type of the Service. */
export const ServiceType = {
  /** Reachable only inside the cluster. */
  ClusterIP: "ClusterIP",
  /** Reachable on a port of every node, without TLS. */
  NodePort: "NodePort",
  /** Reachable through a load balancer, without TLS. */
  LoadBalancer: "LoadBalancer",
} as const;

export type ServiceType = (typeof ServiceType)[keyof typeof ServiceType];

/** Service that clients connect to. */
export interface ServiceArgs {
  /**
   * Name of the Service and of the Deployment. The PersistentVolumeClaim is named `<name>-data`.
   * @default the name of the component
   * @example "photos"
   */
  name?: string;
  /**
   * Type of the Service. The gateway serves HTTP without TLS. To expose it outside of the cluster, use `ClusterIP` with an
   * Ingress or a Gateway that terminates TLS.
   * @default "ClusterIP"
   */
  type?: ServiceType;
  /**
   * Port of the Service, from 1 to 65535.
   * @default 80
   */
  port?: number;
  /**
   * Annotations of the Service only, for example for the settings of a load balancer.
   * @example { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" }
   */
  annotations?: { [key: string]: string };
  /**
   * CIDRs of the clients that the load balancer admits, such as `192.0.2.0/24`. Requires the type `LoadBalancer`.
   * @default all
   * @example ["192.0.2.0/24"]
   */
  loadBalancerSourceRanges?: string[];
}

const cidr: Rule = {
  allowed: 'a CIDR, such as "192.0.2.0/24" or "2001:db8::/32"',
  holds: (value) => typeof value === "string" && isCidr(value),
  example: "192.0.2.0/24",
};

/** Returns the violations of the Service. */
export function serviceViolations(service: ServiceArgs | undefined): Violation[] {
  return groupViolations("service", service, ({ type, port, annotations, loadBalancerSourceRanges }) => [
    ...checkOptional("type", type, oneOf(ServiceType, ServiceType.ClusterIP)),
    ...checkOptional("port", port, { ...integer(1, 65535, "a port", 80), allowed: "a port from 1 to 65535" }),
    ...annotationViolations("annotations", annotations),
    ...sourceRanges(type, loadBalancerSourceRanges),
  ]);
}

function sourceRanges(type: ServiceType | undefined, ranges: readonly string[] | undefined): Violation[] {
  const field = "loadBalancerSourceRanges";
  if (ranges !== undefined && type !== ServiceType.LoadBalancer) {
    const allowed = 'unset unless the type is "LoadBalancer"';
    const fixes = [{ field }, { field: "type", value: ServiceType.LoadBalancer }];
    return [{ field, got: ranges, allowed, fixes }];
  }
  return itemViolations(field, ranges, (place, range) => check(place, range, cidr));
}

function isCidr(range: string): boolean {
  const [address = "", length = "", ...more] = range.split("/");
  const longest = longestPrefix(address);
  return longest !== undefined && more.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= longest;
}

function longestPrefix(address: string): number | undefined {
  const byte = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  if (new RegExp(`^${byte}(\\.${byte}){3}$`).test(address)) return 32;
  return /^[\da-fA-F:.]+$/.test(address) && URL.canParse(`http://[${address}]/`) ? 128 : undefined;
}
