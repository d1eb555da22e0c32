import type * as pulumi from "@pulumi/pulumi";
import { s3GatewaySchema } from "../input-schemas.generated";
import { inputViolations } from "../input-violations";
import { renames } from "../renames";
import type { TolerationArgs } from "../tolerations";
import { checkedInput, checkOptional, integer } from "../validation/rules";
import { refuse, type Violation } from "../validation/violations";
import type { AffinityArgs } from "./affinity-args";
import type { CredentialsArgs } from "./credentials-args";
import { inClusterNames } from "./dns-names";
import { defaultImage, imageRule } from "./image-reference";
import type { ImageUpgradeArgs } from "./image-upgrade-args";
import { LogLevel } from "./log-level";
import type { ResourceRequirementsArgs } from "./resources";
import type { ServiceArgs } from "./service-args";
import { defaultClusterDomain, sharedViolations, type SharedArgs } from "./shared-args";
import {
  gatewayVolumeViolations,
  resolveVolumeArgs,
  type GatewayVolumeArgs,
  type ResolvedVolumeArgs,
} from "./volume-args";

/**
 * Arguments of `S3Gateway`. `ObjectStore` derives the namespace, the StorageClass, the access mode and the tolerations for
 * unreachable nodes from its own arguments. A standalone gateway uses the values given here.
 */
export interface S3GatewayArgs extends SharedArgs {
  /**
   * Namespace of all objects. It must exist.
   * @example "photos"
   */
  namespace: string;
  /** Volume of the store, which contains objects, metadata and users. */
  volume: GatewayVolumeArgs;
  /**
   * Seconds that the pod stays bound to a node that is NotReady or unreachable before Kubernetes evicts it. By default the pod
   * is never evicted, and its volume is never detached.
   * @default no limit
   * @example 30
   */
  tolerationSeconds?: number;
  /**
   * Seconds between SIGTERM and SIGKILL.
   * @default 30
   */
  terminationGracePeriodSeconds?: number;
  /**
   * Seconds for which the liveness probe must fail before the container is restarted. The probe connects to radosgw's port.
   * @default 60
   */
  livenessFailureSeconds?: number;
}

/** `S3GatewayArgs` with defaults applied. */
export interface ResolvedS3GatewayArgs {
  readonly namespace: string;
  readonly serviceName: string;
  readonly volume: ResolvedVolumeArgs;
  readonly tolerationSeconds?: number;
  readonly terminationGracePeriodSeconds: number;
  readonly livenessFailureSeconds: number;
  readonly image: pulumi.Input<string>;
  readonly imageUpgrade: Readonly<ImageUpgradeArgs>;
  readonly imagePullSecrets: readonly string[];
  readonly prePullImage: boolean;
  readonly credentials?: Readonly<CredentialsArgs>;
  readonly s3gwArguments: Readonly<Record<string, string>>;
  readonly logLevel: LogLevel;
  readonly resources: Readonly<ResourceRequirementsArgs>;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly affinity: Readonly<AffinityArgs>;
  readonly tolerations: readonly TolerationArgs[];
  readonly priorityClassName?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly service: Readonly<ServiceArgs>;
  /** All DNS names that clients can use. */
  readonly dnsNames: readonly string[];
  readonly clusterDomain: string;
  readonly deletionProtection: boolean;
}

/** Returns the violations of the arguments of an `S3Gateway`. */
export function gatewayViolations(name: string, args: S3GatewayArgs): Violation[] {
  const examples = { namespace: "photos", volume: { size: "10Gi", storageClassName: "longhorn-s3" } };
  const rules = { renames: renames.gateway, schema: s3GatewaySchema, examples };
  return inputViolations(args, rules, (inputs) => violationsOf(name, inputs));
}

function violationsOf(name: string, args: S3GatewayArgs): Violation[] {
  const { tolerationSeconds, terminationGracePeriodSeconds, livenessFailureSeconds } = args;
  return [
    ...sharedViolations(name, args.namespace, args),
    ...gatewayVolumeViolations(args.volume),
    ...checkOptional("tolerationSeconds", tolerationSeconds, integer(0, 3600, "seconds", 30)),
    ...checkOptional("terminationGracePeriodSeconds", terminationGracePeriodSeconds, integer(1, 600, "seconds", 30)),
    ...checkOptional("livenessFailureSeconds", livenessFailureSeconds, integer(10, 3600, "seconds", 60)),
  ];
}

/**
 * Returns the arguments with all defaults. Outputs are checked once their values are known.
 *
 * @throws InvalidArgsError with all violations
 */
export function resolveS3GatewayArgs(name: string, args: S3GatewayArgs): ResolvedS3GatewayArgs {
  const subject = `S3Gateway "${name}"`;
  refuse(subject, gatewayViolations(name, args));
  const { namespace, gateway = {}, pod = {}, service = {}, clusterDomain = defaultClusterDomain } = args;
  const { image = {}, s3gw = {} } = gateway;
  const serviceName = service.name ?? name;
  return Object.freeze({
    namespace,
    serviceName,
    volume: resolveVolumeArgs(subject, args.volume),
    tolerationSeconds: args.tolerationSeconds,
    terminationGracePeriodSeconds: args.terminationGracePeriodSeconds ?? 30,
    livenessFailureSeconds: args.livenessFailureSeconds ?? 60,
    image: checkedInput(subject, "gateway.image.reference", image.reference ?? defaultImage, imageRule),
    imageUpgrade: image.upgrade ?? {},
    imagePullSecrets: image.pullSecrets ?? [],
    prePullImage: image.prePull ?? true,
    credentials: gateway.credentials,
    s3gwArguments: s3gw.arguments ?? {},
    logLevel: s3gw.logLevel ?? LogLevel.Low,
    resources: pod.resources ?? {},
    nodeSelector: { "kubernetes.io/arch": "amd64", ...pod.nodeSelector },
    affinity: pod.affinity ?? {},
    tolerations: pod.tolerations ?? [],
    priorityClassName: pod.priorityClassName,
    env: pod.env ?? {},
    labels: args.labels ?? {},
    annotations: args.annotations ?? {},
    service,
    dnsNames: [...inClusterNames(serviceName, namespace, clusterDomain), ...(args.dnsNames ?? [])],
    clusterDomain,
    deletionProtection: args.deletionProtection ?? true,
  });
}
