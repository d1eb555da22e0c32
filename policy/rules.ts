import { dataBearingKind } from "./data-bearing";
import { isMadeBy, listAt, shown, subjectOf, valueAt, type SeenResource } from "./resource";

/** One rule about resources of this package's components. */
export interface Rule {
  /** The policy's name in a pack. */
  name: string;
  /** What holds, in one sentence. */
  description: string;
  /** What is wrong with a resource, each with what to do; none where the rule is not about it. */
  violations(resource: SeenResource, settings: RuleSettings): string[];
}

/** What the pack's configuration can widen. */
export interface RuleSettings {
  /** Types that a store's Service may have; default `ClusterIP`. */
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
    description: "What holds a store's data is protected against its deletion.",
    violations: (resource) => {
      const kind = dataBearingKind(resource.urn);
      if (kind?.isProtected !== true || resource.isProtected) return [];
      return [
        `${subjectOf(resource)} is not protected: ${kind.holds}. Take "deletionProtection: false" out of the inputs.`,
      ];
    },
  },
  {
    name: "volume-has-one-writer",
    description: "A store's volume is attached to one node at a time.",
    violations: (resource) => {
      if (!isMadeBy(resource, "S3Gateway", claim)) return [];
      const modes = listAt(resource.props, "spec", "accessModes");
      const isSingle = modes.length === 1 && ["ReadWriteOnce", "ReadWriteOncePod"].includes(String(modes[0]));
      if (isSingle) return [];
      return [
        `${subjectOf(resource)} has the access modes ${shown(modes)}: allowed is ReadWriteOncePod, or ReadWriteOnce.`,
      ];
    },
  },
  {
    name: "gateway-is-one-pod",
    description: "A store's gateway is one pod, and the old one is gone before there is a new one.",
    violations: (resource) => {
      if (!isMadeBy(resource, "S3Gateway", deployment)) return [];
      const replicas = valueAt(resource.props, "spec", "replicas");
      const strategy = valueAt(resource.props, "spec", "strategy", "type");
      const about = subjectOf(resource);
      return [
        ...(replicas === 1 || replicas === undefined
          ? []
          : [`${about} has ${shown(replicas)} replicas: two gateways on one volume destroy it. Allowed is 1.`]),
        ...(strategy === "Recreate"
          ? []
          : [`${about} has the strategy ${shown(strategy)}: only Recreate never has two pods at once.`]),
      ];
    },
  },
  {
    name: "store-stays-inside",
    description: "A store's Service is reachable inside the cluster only, unless the pack's configuration allows more.",
    violations: (resource, { serviceTypes }) => {
      if (!isMadeBy(resource, "S3Gateway", service)) return [];
      const type = valueAt(resource.props, "spec", "type") ?? "ClusterIP";
      if (serviceTypes.some((allowed) => allowed === type)) return [];
      return [
        `${subjectOf(resource)} has the type ${shown(type)}: allowed is ${serviceTypes.join(", ")}. ` +
          `A type that is meant is added to "serviceTypes" of this policy in the pack's configuration.`,
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
            `${subjectOf(resource)} runs ${shown(image)}: which image that is can change. Name a tag or a digest.`,
        );
    },
  },
  {
    name: "pod-deletion-is-narrow",
    description: "Longhorn deletes no pods of a silent node, or those of Deployments only.",
    violations: (resource) => {
      if (!isMadeBy(resource, "Longhorn", release)) return [];
      const policy = settingOf(resource, "nodeDownPodDeletionPolicy");
      if (policy === undefined || ["do-nothing", "delete-deployment-pod"].includes(policy)) return [];
      return [
        `${subjectOf(resource)} has the pod deletion policy ${shown(policy)}, which acts on StatefulSets of all teams. ` +
          "Allowed is do-nothing or delete-deployment-pod.",
      ];
    },
  },
  {
    name: "longhorn-stays-installed",
    description: "Longhorn's uninstaller, which destroys every volume, is not allowed to work.",
    violations: (resource) => {
      if (!isMadeBy(resource, "Longhorn", release)) return [];
      if (settingOf(resource, "deletingConfirmationFlag") !== "true") return [];
      return [`${subjectOf(resource)} allows its uninstallation. Take "allowUninstall: true" out of the inputs.`];
    },
  },
  {
    name: "volumes-are-kept",
    description: "A volume outlives its claim.",
    violations: (resource) => {
      const isOurs = isMadeBy(resource, "Longhorn", storageClass) || isMadeBy(resource, "S3Gateway", storageClass);
      const policy = valueAt(resource.props, "reclaimPolicy");
      if (!isOurs || policy === "Retain") return [];
      return [`${subjectOf(resource)} has the reclaim policy ${shown(policy ?? "Delete")}: allowed is Retain.`];
    },
  },
  {
    name: "telemetry-is-off",
    description: "Neither gateway nor Longhorn reports to anybody.",
    violations: (resource) => [...gatewayTelemetry(resource), ...longhornTelemetry(resource)],
  },
  {
    name: "cluster-is-named",
    description:
      "The cluster is the context that the configuration names, and not the one that kubectl has at the time.",
    violations: (resource) => {
      const isOne = isMadeBy(resource, "S3Gateway", deployment) || isMadeBy(resource, "Longhorn", release);
      if (!isOne || resource.provider === undefined) return [];
      const context = valueAt(resource.provider, "context");
      if (typeof context === "string" && context !== "") return [];
      return [`${subjectOf(resource)} goes to whatever cluster kubectl has at the time. Set "cluster.context".`];
    },
  },
];

function imagesOf({ props }: SeenResource): string[] {
  return ["initContainers", "containers"]
    .flatMap((list) => listAt(props, "spec", "template", "spec", list))
    .map((container) => valueAt(container, "image"))
    .filter((image) => typeof image === "string");
}

/** A registry's port is no tag: the tag is behind the last slash. */
export function isPinned(image: string): boolean {
  if (image.includes("@")) return /@sha256:[0-9a-f]{64}$/.test(image);
  const tag = /:([\w][\w.-]*)$/.exec(image.split("/").at(-1) ?? "")?.[1];
  return tag !== undefined && tag !== "latest";
}

/** A setting of Longhorn's as the chart gets it; older charts get a text in quotes. */
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
  return isOff ? [] : [`${subjectOf(resource)} has telemetry on: it needs the arguments ${name} false.`];
}

function longhornTelemetry(resource: SeenResource): string[] {
  if (!isMadeBy(resource, "Longhorn", release)) return [];
  if (settingOf(resource, "allowCollectingLonghornUsageMetrics") !== "true") return [];
  return [
    `${subjectOf(resource)} reports usage to Longhorn's makers. Set "settings.allowCollectingLonghornUsageMetrics: false".`,
  ];
}
