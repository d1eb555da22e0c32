import { dataBearingKind } from "./data-bearing";
import { isMadeBy, listAt, shown, subjectOf, valueAt, type SeenResource } from "./resource";

/** Rule for resources of this package's components. */
export interface Rule {
  /** Name of the policy in the pack. */
  name: string;
  /** Requirement, as a sentence. */
  description: string;
  /** Returns the violations of a resource, each with its fix; none if the rule does not apply to it. */
  violations(resource: SeenResource, settings: RuleSettings): string[];
}

/** Settings in the pack's configuration. */
export interface RuleSettings {
  /**
   * Allowed types of a store's Service.
   * @default ClusterIP
   */
  serviceTypes: readonly string[];
}

export const defaultSettings: RuleSettings = { serviceTypes: ["ClusterIP"] };

const claim = "kubernetes:core/v1:PersistentVolumeClaim";
const deployment = "kubernetes:apps/v1:Deployment";
const daemonSet = "kubernetes:apps/v1:DaemonSet";
const service = "kubernetes:core/v1:Service";
const release = "kubernetes:helm.sh/v3:Release";
const storageClass = "kubernetes:storage.k8s.io/v1:StorageClass";

export const rules: readonly Rule[] = [
  {
    name: "data-is-protected",
    description: "Resources that hold a store's data are protected from deletion.",
    violations: (resource) => {
      const kind = dataBearingKind(resource.urn);
      if (kind?.isProtected !== true || resource.isProtected) return [];
      return [
        `${subjectOf(resource)} is not protected: ${kind.holds}. Remove "deletionProtection: false" from the inputs.`,
      ];
    },
  },
  {
    name: "volume-has-one-writer",
    description: "A store's volume is attached to at most one node.",
    violations: (resource) => {
      if (!isMadeBy(resource, "S3Gateway", claim)) return [];
      const modes = listAt(resource.props, "spec", "accessModes");
      const isSingle = modes.length === 1 && ["ReadWriteOnce", "ReadWriteOncePod"].includes(String(modes[0]));
      if (isSingle) return [];
      return [
        `${subjectOf(resource)} has the access modes ${shown(modes)}, expected ReadWriteOncePod or ReadWriteOnce.`,
      ];
    },
  },
  {
    name: "gateway-is-one-pod",
    description: "A store's gateway has a single pod, and the old pod is deleted before a new one is created.",
    violations: (resource) => {
      if (!isMadeBy(resource, "S3Gateway", deployment)) return [];
      const replicas = valueAt(resource.props, "spec", "replicas");
      const strategy = valueAt(resource.props, "spec", "strategy", "type");
      const about = subjectOf(resource);
      return [
        ...(replicas === 1 || replicas === undefined
          ? []
          : [`${about} has ${shown(replicas)} replicas, expected 1: two gateways on one volume corrupt it.`]),
        ...(strategy === "Recreate"
          ? []
          : [
              `${about} has the strategy ${shown(strategy)}, expected Recreate: other strategies run two pods at the same time.`,
            ]),
      ];
    },
  },
  {
    name: "store-stays-inside",
    description:
      "A store's Service is reachable only inside the cluster, unless the pack's configuration allows other types.",
    violations: (resource, { serviceTypes }) => {
      if (!isMadeBy(resource, "S3Gateway", service)) return [];
      const type = valueAt(resource.props, "spec", "type") ?? "ClusterIP";
      if (serviceTypes.some((allowed) => allowed === type)) return [];
      return [
        `${subjectOf(resource)} has the type ${shown(type)}, expected ${serviceTypes.join(", ")}. ` +
          `To allow it, add it to "serviceTypes" of this policy in the pack's configuration.`,
      ];
    },
  },
  {
    name: "image-is-pinned",
    description: "The gateway's image has a tag other than latest, or a digest.",
    violations: (resource) => {
      if (!isMadeBy(resource, "S3Gateway", deployment, daemonSet)) return [];
      return imagesOf(resource)
        .filter((image) => !isPinned(image))
        .map(
          (image) =>
            `${subjectOf(resource)} runs ${shown(image)}, which can change. Set a tag other than latest, or a digest.`,
        );
    },
  },
  {
    name: "pod-deletion-is-narrow",
    description: "Longhorn deletes no pods of a node that is down, or only those of Deployments.",
    violations: (resource) => {
      if (!isMadeBy(resource, "Longhorn", release)) return [];
      const policy = settingOf(resource, "nodeDownPodDeletionPolicy");
      if (policy === undefined || ["do-nothing", "delete-deployment-pod"].includes(policy)) return [];
      return [
        `${subjectOf(resource)} has the pod deletion policy ${shown(policy)}, which affects StatefulSets of all teams. ` +
          "Expected do-nothing or delete-deployment-pod.",
      ];
    },
  },
  {
    name: "longhorn-stays-installed",
    description: "Longhorn's uninstaller, which deletes all volumes, is disabled.",
    violations: (resource) => {
      if (!isMadeBy(resource, "Longhorn", release)) return [];
      if (settingOf(resource, "deletingConfirmationFlag") !== "true") return [];
      return [`${subjectOf(resource)} allows its uninstallation. Remove "allowUninstall: true" from the inputs.`];
    },
  },
  {
    name: "volumes-are-kept",
    description: "Volumes are retained when their claim is deleted.",
    violations: (resource) => {
      const isOurs = isMadeBy(resource, "Longhorn", storageClass) || isMadeBy(resource, "S3Gateway", storageClass);
      const policy = valueAt(resource.props, "reclaimPolicy");
      if (!isOurs || policy === "Retain") return [];
      return [`${subjectOf(resource)} has the reclaim policy ${shown(policy ?? "Delete")}, expected Retain.`];
    },
  },
  {
    name: "telemetry-is-off",
    description: "Telemetry of the gateway and of Longhorn is disabled.",
    violations: (resource) => [...gatewayTelemetry(resource), ...longhornTelemetry(resource)],
  },
  {
    name: "cluster-is-named",
    description: "The cluster is set by a context in the configuration, not by kubectl's current context.",
    violations: (resource) => {
      const isOne = isMadeBy(resource, "S3Gateway", deployment) || isMadeBy(resource, "Longhorn", release);
      if (!isOne || resource.provider === undefined) return [];
      const context = valueAt(resource.provider, "context");
      if (typeof context === "string" && context !== "") return [];
      return [`${subjectOf(resource)} is deployed to kubectl's current context. Set "cluster.context".`];
    },
  },
];

function imagesOf({ props }: SeenResource): string[] {
  return ["initContainers", "containers"]
    .flatMap((list) => listAt(props, "spec", "template", "spec", list))
    .map((container) => valueAt(container, "image"))
    .filter((image) => typeof image === "string");
}

/** Reports whether an image has a digest, or a tag other than `latest`. The port of a registry is not a tag. */
export function isPinned(image: string): boolean {
  if (image.includes("@")) return /@sha256:[0-9a-f]{64}$/.test(image);
  const tag = /:([\w][\w.-]*)$/.exec(image.split("/").at(-1) ?? "")?.[1];
  return tag !== undefined && tag !== "latest";
}

/** Returns a setting of Longhorn in the chart's values, without the quotes for older charts. */
function settingOf({ props }: SeenResource, name: string): string | undefined {
  const value = valueAt(props, "values", "defaultSettings", name);
  const isPlain = typeof value === "string" || typeof value === "boolean";
  return isPlain ? String(value).replaceAll('"', "") : undefined;
}

function gatewayTelemetry(resource: SeenResource): string[] {
  if (!isMadeBy(resource, "S3Gateway", deployment)) return [];
  const name = "--rgw-s3gw-enable-telemetry";
  const isOff = listAt(resource.props, "spec", "template", "spec", "containers").every((container) => {
    const args = listAt(container, "args").map(String);
    return args.every((arg, index) => arg !== name || args[index + 1] === "false") && args.includes(name);
  });
  return isOff ? [] : [`${subjectOf(resource)} has telemetry enabled. Set the argument ${name} to false.`];
}

function longhornTelemetry(resource: SeenResource): string[] {
  if (!isMadeBy(resource, "Longhorn", release)) return [];
  if (settingOf(resource, "allowCollectingLonghornUsageMetrics") !== "true") return [];
  return [
    `${subjectOf(resource)} sends usage data to the Longhorn project. Set "settings.allowCollectingLonghornUsageMetrics: false".`,
  ];
}
