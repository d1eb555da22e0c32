import type {
  AffinityArgs,
  BackupCredentialsArgs,
  BackupTargetArgs,
  ChartRepositoryArgs,
  CredentialsArgs,
  EncryptionArgs,
  ExistingVolumeArgs,
  FailoverArgs,
  FenceAgentArgs,
  FencingReference,
  GatewayArgs,
  ImageArgs,
  ImageUpgradeArgs,
  LabelSelectorArgs,
  LabelSelectorRequirementArgs,
  LonghornArgs,
  LonghornImagesArgs,
  LonghornPlacementArgs,
  LonghornReference,
  NodeAffinityArgs,
  NodeFencingArgs,
  NodeSelectorArgs,
  NodeSelectorRequirementArgs,
  NodeSelectorTermArgs,
  ObjectStoreArgs,
  PodAffinityArgs,
  PodAffinityTermArgs,
  PodArgs,
  PredictionArgs,
  PreferredSchedulingTermArgs,
  RecurringJobArgs,
  ResourceRequirementsArgs,
  S3gwArgs,
  ServiceArgs,
  StorageClassArgs,
  TolerationArgs,
  VolumeArgs,
  WeightedPodAffinityTermArgs,
} from "../../index";
import { anything, listOf, mapOf, number, object, secretText, text, trueOrFalse } from "./schema-builder";

/** The cluster to deploy to. */
export interface ClusterConfig {
  /**
   * Path of a kubeconfig file; a relative one counts from the project's folder.
   * @default the one that kubectl would use
   */
  kubeconfig?: string;
  /**
   * Context in it. Named, the stack goes to the same cluster whatever kubectl was last pointed to; required in production.
   * @default its current one
   */
  context?: string;
}

/** A volume whose size is known before the update. */
export type VolumeConfig = VolumeArgs & { size: string };

/** One store of the stack. The Longhorn below is the stack's. */
export type StoreConfig = Omit<ObjectStoreArgs, "longhorn" | "existingLonghorn"> & {
  volume: VolumeConfig;
};

/** What a stack deploys: the stores of `stores` on the one Longhorn of `longhorn` or `existingLonghorn`. */
export interface StackConfig {
  /**
   * Whether the stack is production: it needs a context of its own, and what would lose data is refused instead of warned of.
   * @default true for a stack named `prod` or `production`, false for any other
   */
  production?: boolean;
  /** The cluster to deploy to. Required in production. */
  cluster?: ClusterConfig;
  /** Installs Longhorn. A path in `chart` counts from the project's folder where it is relative. */
  longhorn?: LonghornArgs;
  /** Uses a Longhorn that is there, installed by another stack or by hand. */
  existingLonghorn?: LonghornReference;
  /** Makes the fencing of nodes, for the stores with `Fence` that name none themselves. */
  fencing?: NodeFencingArgs;
  /**
   * The stores, by names that are theirs for good. Each gets a namespace of its own.
   * @default none, which only a stack that installs Longhorn may have
   */
  stores: Record<string, StoreConfig>;
  /** Objects that exist and are taken over, by the Pulumi names of the resources that they become. */
  adopt?: Record<string, string>;
}

/** A configuration that has not been found whole yet. */
export type DraftConfig = Partial<StackConfig>;

const longhornExample = "1.12.1";
const classExample = "longhorn-s3";
const policyExample = "do-nothing";

const textsByName = (value: string) => mapOf(text(value));

const tolerations = listOf(
  object<TolerationArgs>({
    key: text("dedicated"),
    operator: text("Equal"),
    value: text("storage"),
    effect: text("NoSchedule"),
    tolerationSeconds: number(300),
  }),
);

const longhorn = object<LonghornArgs>({
  version: text(longhornExample),
  chart: text("./charts/longhorn"),
  chartRepository: object<ChartRepositoryArgs>({
    url: text("https://charts.longhorn.io"),
    username: text("reader"),
    password: secretText,
  }),
  createNamespace: trueOrFalse(true),
  images: object<LonghornImagesArgs>({
    registry: text("registry.example.com"),
    pullSecretName: text("longhorn-registry"),
    username: text("reader"),
    password: secretText,
  }),
  placement: object<LonghornPlacementArgs>({ nodeSelector: textsByName("storage"), tolerations }),
  podDeletionPolicy: text(policyExample),
  kubeletRootDir: text("/var/lib/kubelet"),
  storageClass: object<StorageClassArgs>({
    name: text(classExample),
    numberOfReplicas: number(3),
    dataLocality: text("disabled"),
    staleReplicaTimeoutMinutes: number(2880),
    fsType: text("ext4"),
    mkfsParams: text("-O ^64bit,^metadata_csum"),
    diskSelector: listOf(text("ssd")),
    nodeSelector: listOf(text("storage")),
    reclaimPolicy: text("Retain"),
    replicaAutoBalance: text("ignored"),
    encryption: object<EncryptionArgs>({
      secretName: text("longhorn-crypto"),
      secretNamespace: text("longhorn-system"),
    }),
  }),
  // The component knows which there are in the version, and says more than that there is no such key.
  settings: mapOf(anything),
  backup: object<BackupTargetArgs>({
    target: text("s3://backups@eu-central-1/longhorn"),
    credentials: object<BackupCredentialsArgs>({
      accessKeyId: secretText,
      secretAccessKey: secretText,
      endpoint: text("https://s3.example.com"),
      virtualHostedStyle: trueOrFalse(false),
      certificate: text("-----BEGIN CERTIFICATE-----"),
    }),
    credentialSecretName: text("longhorn-backup-target"),
    pollIntervalSeconds: number(300),
  }),
  values: mapOf(anything),
  deletionProtection: trueOrFalse(true),
  allowUninstall: trueOrFalse(false),
});

const existingLonghorn = object<LonghornReference>({
  version: text(longhornExample),
  storageClassName: text(classExample),
  podDeletionPolicy: text(policyExample),
  namespace: text("longhorn-system"),
  backupTarget: text("s3://backups@eu-central-1/"),
  storageClassParameters: textsByName("3"),
});

const volume = object<VolumeConfig>({
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
});

const nodes = object<NodeSelectorTermArgs>({
  matchExpressions: listOf(
    object<NodeSelectorRequirementArgs>({
      key: text("topology.kubernetes.io/zone"),
      operator: text("In"),
      values: listOf(text("zone-a")),
    }),
  ),
});

const pods = object<PodAffinityTermArgs>({
  topologyKey: text("kubernetes.io/hostname"),
  labelSelector: object<LabelSelectorArgs>({
    matchLabels: textsByName("s3gw"),
    matchExpressions: listOf(
      object<LabelSelectorRequirementArgs>({
        key: text("app.kubernetes.io/name"),
        operator: text("In"),
        values: listOf(text("s3gw")),
      }),
    ),
  }),
  namespaces: listOf(text("photos")),
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

const store = object<StoreConfig>({
  volume,
  failover: object<FailoverArgs>({
    onNodeFailure: text("Wait"),
    acceptDataLossIfNodeIsAlive: trueOrFalse(false),
    speed: text("Balanced"),
    tolerationSeconds: number(30),
    terminationGracePeriodSeconds: number(10),
    livenessFailureSeconds: number(60),
    fencing: object<FencingReference>({
      remediator: text("SelfNodeRemediation"),
      unhealthySeconds: number(60),
      timeoutSeconds: number(60),
      retryCount: number(5),
    }),
  }),
  prediction: object<PredictionArgs>({
    kubernetesVersion: text("1.36"),
    nodeMonitorGracePeriodSeconds: number(50),
    attachDetachReconcileSyncPeriodSeconds: number(60),
    nodes: number(3),
    objects: number(100_000),
  }),
  namespace: text("photos"),
  createNamespace: trueOrFalse(true),
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
    tolerations,
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
});

/** The schema of the stack's configuration, every key of it. */
export const configSchema = object<StackConfig>({
  production: trueOrFalse(true),
  cluster: object<ClusterConfig>({ kubeconfig: text("./kubeconfig"), context: text("my-cluster") }),
  longhorn,
  existingLonghorn,
  fencing: object<NodeFencingArgs>({
    remediator: text("SelfNodeRemediation"),
    unhealthySeconds: number(60),
    minHealthy: text("51%"),
    nodeSelector: textsByName("storage"),
    namespace: text("medik8s"),
    fenceAgent: object<FenceAgentArgs>({
      agent: text("fence_ipmilan"),
      sharedParameters: textsByName("reboot"),
      nodeParameters: mapOf(textsByName("192.0.2.1")),
      credentials: mapOf(secretText),
      credentialSecretName: text("fence-agent-credentials"),
      nodeCredentialSecretNames: textsByName("fence-node-1"),
      timeoutSeconds: number(60),
      retryCount: number(5),
    }),
  }),
  stores: mapOf(store),
  adopt: textsByName("photos/photos-data"),
});
