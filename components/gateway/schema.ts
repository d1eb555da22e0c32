import { tolerationsSchema } from "../tolerations";
import { listOf, number, object, text, textsByName, trueOrFalse } from "../validation/schema";
import type {
  AffinityArgs,
  LabelSelectorArgs,
  LabelSelectorRequirementArgs,
  NodeAffinityArgs,
  NodeSelectorArgs,
  NodeSelectorRequirementArgs,
  NodeSelectorTermArgs,
  PodAffinityArgs,
  PodAffinityTermArgs,
  PreferredSchedulingTermArgs,
  WeightedPodAffinityTermArgs,
} from "./affinity-args";
import type { CredentialsArgs } from "./credentials-args";
import type { GatewayArgs } from "./gateway-args";
import type { ImageArgs } from "./image-args";
import type { ImageUpgradeArgs } from "./image-upgrade-args";
import type { PodArgs } from "./pod-args";
import type { RecurringJobArgs } from "./recurring-job-args";
import type { ResourceRequirementsArgs } from "./resources";
import type { S3gwArgs } from "./s3gw-args";
import type { ServiceArgs } from "./service-args";
import type { ExistingVolumeArgs, VolumeArgs } from "./volume-args";

/** Schemas of the inputs of `VolumeArgs`. */
export const volumeProperties = {
  size: text("10Gi"),
  existing: object<ExistingVolumeArgs>({ persistentVolumeName: text("pvc-00000000-0000-0000-0000-000000000000") }),
  fromBackup: text("s3://backups@eu-central-1/?backup=backup-1&volume=pvc-1"),
  recurringJobs: listOf(
    object<RecurringJobArgs>({
      name: text("nightly"),
      task: text("backup"),
      cron: text("0 2 * * *"),
      retain: number(7),
      concurrency: number(1),
    }),
  ),
  accessMode: text("ReadWriteOncePod"),
};

/** Schema of `VolumeArgs`. */
export const volumeSchema = object<VolumeArgs>(volumeProperties);

const requirements = (key: string, value: string) =>
  listOf(object<NodeSelectorRequirementArgs>({ key: text(key), operator: text("In"), values: listOf(text(value)) }));

const nodes = object<NodeSelectorTermArgs>({
  matchExpressions: requirements("topology.kubernetes.io/zone", "zone-a"),
  matchFields: requirements("metadata.name", "node-1"),
});

const selector = object<LabelSelectorArgs>({
  matchLabels: textsByName("s3gw"),
  matchExpressions: listOf(
    object<LabelSelectorRequirementArgs>({
      key: text("app.kubernetes.io/name"),
      operator: text("In"),
      values: listOf(text("s3gw")),
    }),
  ),
});

const pods = object<PodAffinityTermArgs>({
  topologyKey: text("kubernetes.io/hostname"),
  labelSelector: selector,
  namespaces: listOf(text("photos")),
  namespaceSelector: selector,
  matchLabelKeys: listOf(text("team")),
  mismatchLabelKeys: listOf(text("team")),
});

const nearPods = object<PodAffinityArgs>({
  requiredDuringSchedulingIgnoredDuringExecution: listOf(pods),
  preferredDuringSchedulingIgnoredDuringExecution: listOf(
    object<WeightedPodAffinityTermArgs>({ weight: number(100), podAffinityTerm: pods }),
  ),
});

const affinity = object<AffinityArgs>({
  nodeAffinity: object<NodeAffinityArgs>({
    requiredDuringSchedulingIgnoredDuringExecution: object<NodeSelectorArgs>({ nodeSelectorTerms: listOf(nodes) }),
    preferredDuringSchedulingIgnoredDuringExecution: listOf(
      object<PreferredSchedulingTermArgs>({ weight: number(100), preference: nodes }),
    ),
  }),
  podAffinity: nearPods,
  podAntiAffinity: nearPods,
});

/** Schemas of the inputs that a gateway and a store have in common, but for the volume. */
export const sharedSchemas = {
  gateway: object<GatewayArgs>({
    engine: text("S3gw"),
    image: object<ImageArgs>({
      reference: text("quay.io/s3gw/s3gw:v0.23.0"),
      pullSecrets: listOf(text("registry")),
      prePull: trueOrFalse(true),
      upgrade: object<ImageUpgradeArgs>({
        snapshot: text("before-change"),
        skipSnapshotFor: text("quay.io/s3gw/s3gw:v0.23.0"),
      }),
    }),
    s3gw: object<S3gwArgs>({ logLevel: text("low"), arguments: textsByName("600") }),
    credentials: object<CredentialsArgs>({ existingSecretName: text("photos-credentials") }),
  }),
  pod: object<PodArgs>({
    resources: object<ResourceRequirementsArgs>({ requests: textsByName("1Gi"), limits: textsByName("4Gi") }),
    nodeSelector: textsByName("storage"),
    affinity,
    tolerations: tolerationsSchema,
    priorityClassName: text("storage"),
    env: textsByName("UTC"),
  }),
  service: object<ServiceArgs>({
    name: text("photos"),
    type: text("ClusterIP"),
    port: number(80),
    annotations: textsByName("internal"),
    loadBalancerSourceRanges: listOf(text("192.0.2.0/24")),
  }),
  dnsNames: listOf(text("s3.example.com")),
  labels: textsByName("storage"),
  annotations: textsByName("storage"),
  clusterDomain: text("cluster.local"),
  deletionProtection: trueOrFalse(true),
};
