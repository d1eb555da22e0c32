import { groupViolations } from "../validation/groups";
import { itemViolations } from "../validation/lists";
import { check, checkOptional, integer, oneOf, type Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { annotationViolations } from "./labels";

/** Type of the Service. */
export const ServiceType = {
  /** Only the cluster. */
  ClusterIP: "ClusterIP",
  /** Whoever reaches a port of any node, without TLS. */
  NodePort: "NodePort",
  /** Whoever reaches the load balancer, without TLS. */
  LoadBalancer: "LoadBalancer",
} as const;

export type ServiceType = (typeof ServiceType)[keyof typeof ServiceType];

/** The Service that clients connect to. */
export interface ServiceArgs {
  /**
   * Name of the Service and of the Deployment; the volume's claim is `<name>-data`.
   * @default the component's name
   * @example "photos"
   */
  name?: string;
  /**
   * Type of the Service. The gateway serves HTTP without TLS. To expose it outside of the cluster, put an Ingress or a Gateway with
   * TLS in front of it, for which `ClusterIP` is enough.
   * @default "ClusterIP"
   */
  type?: ServiceType;
  /**
   * Port by which clients reach it, 1 to 65535.
   * @default 80
   */
  port?: number;
  /**
   * Annotations of the Service alone, for a load balancer's settings.
   * @example { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" }
   */
  annotations?: { [key: string]: string };
  /**
   * Addresses that a load balancer lets in, as CIDRs such as `192.0.2.0/24`; with the type `LoadBalancer` only.
   * @default all
   * @example ["192.0.2.0/24"]
   */
  loadBalancerSourceRanges?: string[];
}

const cidr: Rule = {
  allowed: 'addresses as a CIDR, such as "192.0.2.0/24" or "2001:db8::/32"',
  holds: (value) => typeof value === "string" && isCidr(value),
  example: "192.0.2.0/24",
};

/** Everything that is wrong with the Service. */
export function serviceViolations(service: ServiceArgs | undefined): Violation[] {
  return groupViolations("service", service, ({ type, port, annotations, loadBalancerSourceRanges }) => [
    ...checkOptional("type", type, oneOf(ServiceType, ServiceType.ClusterIP)),
    ...checkOptional("port", port, { ...integer(1, 65535, "a port", 80), allowed: "a port, 1 to 65535" }),
    ...annotationViolations("annotations", annotations),
    ...sourceRanges(type, loadBalancerSourceRanges),
  ]);
}

function sourceRanges(type: ServiceType | undefined, ranges: readonly string[] | undefined): Violation[] {
  const field = "loadBalancerSourceRanges";
  if (ranges !== undefined && type !== ServiceType.LoadBalancer) {
    const allowed = 'nothing without the type "LoadBalancer": nothing else looks at it';
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
