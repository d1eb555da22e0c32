import type * as pulumi from "@pulumi/pulumi";
import { checkedInput, checkOptional, integer } from "../validation/rules";
import type { TolerationArgs } from "../tolerations";
import { refuse, type Violation } from "../validation/violations";
import type { AffinityArgs } from "./affinity-args";
import { commonViolations, defaultClusterDomain, defaultImage, imageRule, type GatewayCommonArgs } from "./common-args";
import type { CredentialsArgs } from "./credentials-args";
import { inClusterNames } from "./dns-names";
import type { ImageChangeArgs } from "./image-change-args";
import { LogLevel } from "./log-level";
import type { ResourcesArgs } from "./resources";
import type { ServiceArgs } from "./service-args";
import {
  gatewayVolumeViolations,
  resolveVolumeArgs,
  type GatewayVolumeArgs,
  type ResolvedVolumeArgs,
} from "./volume-args";

/**
 * What a gateway is like. `ObjectStore` derives namespace, class, access mode and how long the pod stays with a silent node from
 * its own inputs; a gateway by itself takes them as they are.
 */
export interface S3GatewayArgs extends GatewayCommonArgs {
  /** Namespace of its objects, which must exist. */
  namespace: string;
  /** Its one volume, which holds everything: objects, metadata and users. */
  volume: GatewayVolumeArgs;
  /**
   * Seconds that the pod stays bound to a node that is not ready or unreachable before Kubernetes marks it as terminating. Without
   * it the pod stays, so nothing takes its volume away.
   * @default for ever
   */
  evictAfterSeconds?: number;
  /**
   * Seconds that radosgw has to stop before it is killed.
   * @default 30
   */
  terminationGracePeriodSeconds?: number;
  /**
   * Seconds in which radosgw takes no connection before it is killed and started again.
   * @default 60
   */
  unresponsiveSeconds?: number;
}

/** `S3GatewayArgs` with every default in its place. */
export interface ResolvedS3GatewayArgs {
  readonly namespace: string;
  readonly serviceName: string;
  readonly volume: ResolvedVolumeArgs;
  readonly evictAfterSeconds?: number;
  readonly terminationGracePeriodSeconds: number;
  readonly unresponsiveSeconds: number;
  readonly image: pulumi.Input<string>;
  readonly imageChange: Readonly<ImageChangeArgs>;
  readonly credentials?: Readonly<CredentialsArgs>;
  readonly imagePullSecrets: readonly string[];
  readonly prePullImage: boolean;
  readonly resources: Readonly<ResourcesArgs>;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly affinity: Readonly<AffinityArgs>;
  readonly tolerations: readonly TolerationArgs[];
  readonly priorityClassName?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly radosgwArguments: Readonly<Record<string, string>>;
  readonly logLevel: LogLevel;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly service: Readonly<ServiceArgs>;
  /** Every name that clients use. */
  readonly dnsNames: readonly string[];
  readonly clusterDomain: string;
  readonly deletionProtection: boolean;
}

/** Everything that is wrong with the args of an `S3Gateway`. */
export function gatewayViolations(name: string, args: S3GatewayArgs): Violation[] {
  const { evictAfterSeconds, terminationGracePeriodSeconds, unresponsiveSeconds } = args;
  return [
    ...commonViolations(name, args.namespace, args),
    ...gatewayVolumeViolations(args.volume),
    ...checkOptional("evictAfterSeconds", evictAfterSeconds, integer(0, 3600, "seconds", 30)),
    ...checkOptional("terminationGracePeriodSeconds", terminationGracePeriodSeconds, integer(1, 600, "seconds", 30)),
    ...checkOptional("unresponsiveSeconds", unresponsiveSeconds, integer(10, 3600, "seconds", 60)),
  ];
}

/** The args with all defaults; throws every violation at once. What is an Output is checked when it becomes known. */
export function resolveS3GatewayArgs(name: string, args: S3GatewayArgs): ResolvedS3GatewayArgs {
  const subject = `S3Gateway "${name}"`;
  refuse(subject, gatewayViolations(name, args));
  const { namespace, serviceName = name, clusterDomain = defaultClusterDomain } = args;
  return Object.freeze({
    namespace,
    serviceName,
    volume: resolveVolumeArgs(subject, args.volume),
    evictAfterSeconds: args.evictAfterSeconds,
    terminationGracePeriodSeconds: args.terminationGracePeriodSeconds ?? 30,
    unresponsiveSeconds: args.unresponsiveSeconds ?? 60,
    image: checkedInput(subject, "image", args.image ?? defaultImage, imageRule),
    imageChange: args.imageChange ?? {},
    credentials: args.credentials,
    imagePullSecrets: args.imagePullSecrets ?? [],
    prePullImage: args.prePullImage ?? true,
    resources: args.resources ?? {},
    nodeSelector: { "kubernetes.io/arch": "amd64", ...args.nodeSelector },
    affinity: args.affinity ?? {},
    tolerations: args.tolerations ?? [],
    priorityClassName: args.priorityClassName,
    environment: args.environment ?? {},
    radosgwArguments: args.radosgwArguments ?? {},
    logLevel: args.logLevel ?? LogLevel.Low,
    labels: args.labels ?? {},
    annotations: args.annotations ?? {},
    service: args.service ?? {},
    dnsNames: [...inClusterNames(serviceName, namespace, clusterDomain), ...(args.dnsNames ?? [])],
    clusterDomain,
    deletionProtection: args.deletionProtection ?? true,
  });
}
