// Made by `npm run generate` from the types and tags of the inputs: a change belongs there.
import type { Schema } from "./validation/schema";

/** Schema of `ChartRepositoryArgs`. */
export const chartRepositorySchema: Schema = {
  type: "object",
  properties: {
    url: { type: "string", examples: ["https://charts.longhorn.io"] },
    username: { type: "string", examples: ["reader"], takesOutput: true },
    password: { type: "string", writeOnly: true, takesOutput: true },
  },
  additionalProperties: false,
};

/** Schema of `LonghornImagesArgs`. */
export const longhornImagesSchema: Schema = {
  type: "object",
  properties: {
    registry: { type: "string", examples: ["registry.example.com"] },
    pullSecretName: { type: "string", examples: ["longhorn-registry"] },
    username: { type: "string", examples: ["reader"], takesOutput: true },
    password: { type: "string", writeOnly: true, takesOutput: true },
  },
  additionalProperties: false,
};

/** Schema of `TolerationArgs`. */
export const tolerationSchema: Schema = {
  type: "object",
  properties: {
    key: { type: "string", examples: ["dedicated"] },
    operator: { type: "string", examples: ["Equal"] },
    value: { type: "string", examples: ["storage"] },
    effect: { type: "string", examples: ["NoSchedule"] },
    tolerationSeconds: { type: "number", examples: [300] },
  },
  additionalProperties: false,
};

/** Schema of `LonghornPlacementArgs`. */
export const longhornPlacementSchema: Schema = {
  type: "object",
  properties: {
    nodeSelector: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
    tolerations: { type: "array", items: tolerationSchema },
  },
  additionalProperties: false,
};

/** Schema of `EncryptionArgs`. */
export const encryptionSchema: Schema = {
  type: "object",
  properties: {
    secretName: { type: "string", examples: ["longhorn-crypto"] },
    secretNamespace: { type: "string", examples: ["longhorn-system"] },
  },
  additionalProperties: false,
};

/** Schema of `StorageClassArgs`. */
export const storageClassSchema: Schema = {
  type: "object",
  properties: {
    name: { type: "string", examples: ["longhorn-s3"] },
    numberOfReplicas: { type: "number", examples: [3] },
    dataLocality: { type: "string", examples: ["disabled"] },
    staleReplicaTimeoutMinutes: { type: "number", examples: [2880] },
    fsType: { type: "string", examples: ["ext4"] },
    mkfsParams: { type: "string", examples: ["-O ^64bit,^metadata_csum"] },
    diskSelector: { type: "array", items: { type: "string", examples: ["ssd"] } },
    nodeSelector: { type: "array", items: { type: "string", examples: ["storage"] } },
    reclaimPolicy: { type: "string", examples: ["Retain"] },
    replicaAutoBalance: { type: "string", examples: ["ignored"] },
    encryption: encryptionSchema,
  },
  additionalProperties: false,
};

/** Schema of `BackupCredentialsArgs`. */
export const backupCredentialsSchema: Schema = {
  type: "object",
  properties: {
    accessKeyId: { type: "string", writeOnly: true, takesOutput: true },
    secretAccessKey: { type: "string", writeOnly: true, takesOutput: true },
    endpoint: { type: "string", examples: ["https://s3.example.com"] },
    virtualHostedStyle: { type: "boolean", examples: [false] },
    certificate: { type: "string", examples: ["-----BEGIN CERTIFICATE-----"] },
  },
  additionalProperties: false,
};

/** Schema of `BackupTargetArgs`. */
export const backupTargetSchema: Schema = {
  type: "object",
  properties: {
    target: { type: "string", examples: ["s3://backups@eu-central-1/longhorn"] },
    credentials: backupCredentialsSchema,
    credentialSecretName: { type: "string", examples: ["longhorn-backup-target"] },
    pollIntervalSeconds: { type: "number", examples: [300] },
  },
  additionalProperties: false,
};

/** Schema of `LonghornArgs`. */
export const longhornSchema: Schema = {
  type: "object",
  properties: {
    version: { type: "string", examples: ["1.12.1"] },
    chart: { type: "string", examples: ["./charts/longhorn"] },
    chartRepository: chartRepositorySchema,
    createNamespace: { type: "boolean", examples: [true] },
    images: longhornImagesSchema,
    placement: longhornPlacementSchema,
    podDeletionPolicy: { type: "string", examples: ["do-nothing"] },
    kubeletRootDir: { type: "string", examples: ["/var/lib/kubelet"] },
    storageClass: storageClassSchema,
    settings: { type: "object", additionalProperties: {} },
    backup: backupTargetSchema,
    values: { type: "object", additionalProperties: { takesOutput: true } },
    deletionProtection: { type: "boolean", examples: [true] },
    allowUninstall: { type: "boolean", examples: [false] },
  },
  additionalProperties: false,
};

/** Schema of `LonghornReference`. */
export const longhornReferenceSchema: Schema = {
  type: "object",
  properties: {
    version: { type: "string", examples: ["1.12.1"] },
    storageClassName: { type: "string", examples: ["longhorn-s3"] },
    podDeletionPolicy: { type: "string", examples: ["do-nothing"] },
    namespace: { type: "string", examples: ["longhorn-system"] },
    backupTarget: { type: "string", examples: ["s3://backups@eu-central-1/"] },
    storageClassParameters: { type: "object", additionalProperties: { type: "string", examples: ["3"] } },
  },
  additionalProperties: false,
};

/** Schema of `FencingReference`. */
export const fencingReferenceSchema: Schema = {
  type: "object",
  properties: {
    remediator: { type: "string", examples: ["SelfNodeRemediation"] },
    unhealthySeconds: { type: "number", examples: [60] },
    timeoutSeconds: { type: "number", examples: [60] },
    retryCount: { type: "number", examples: [5] },
  },
  additionalProperties: false,
};

/** Schema of `FailoverArgs`. */
export const failoverSchema: Schema = {
  type: "object",
  properties: {
    onNodeFailure: { type: "string", examples: ["Wait"] },
    acceptDataLossIfNodeIsAlive: { type: "boolean", examples: [false] },
    speed: { type: "string", examples: ["Balanced"] },
    tolerationSeconds: { type: "number", examples: [30] },
    terminationGracePeriodSeconds: { type: "number", examples: [10] },
    livenessFailureSeconds: { type: "number", examples: [60] },
    fencing: fencingReferenceSchema,
  },
  additionalProperties: false,
};

/** Schema of `PredictionArgs`. */
export const predictionSchema: Schema = {
  type: "object",
  properties: {
    kubernetesVersion: { type: "string", examples: ["1.36"] },
    nodeMonitorGracePeriodSeconds: { type: "number", examples: [50] },
    attachDetachReconcileSyncPeriodSeconds: { type: "number", examples: [60] },
    nodes: { type: "number", examples: [3] },
    objects: { type: "number", examples: [100000] },
  },
  additionalProperties: false,
};

/** Schema of `ExistingVolumeArgs`. */
export const existingVolumeSchema: Schema = {
  type: "object",
  properties: { persistentVolumeName: { type: "string", examples: ["pvc-00000000-0000-0000-0000-000000000000"] } },
  additionalProperties: false,
};

/** Schema of `RecurringJobArgs`. */
export const recurringJobSchema: Schema = {
  type: "object",
  properties: {
    name: { type: "string", examples: ["nightly"] },
    task: { type: "string", examples: ["backup"] },
    cron: { type: "string", examples: ["0 2 * * *"] },
    retain: { type: "number", examples: [7] },
    concurrency: { type: "number", examples: [1] },
  },
  additionalProperties: false,
};

/** Schema of `VolumeArgs`. */
export const volumeSchema: Schema = {
  type: "object",
  properties: {
    size: { type: "string", examples: ["10Gi"], takesOutput: true },
    existing: existingVolumeSchema,
    fromBackup: { type: "string", examples: ["s3://backups@eu-central-1/?backup=backup-1&volume=pvc-1"] },
    recurringJobs: { type: "array", items: recurringJobSchema },
    accessMode: { type: "string", examples: ["ReadWriteOncePod"] },
  },
  additionalProperties: false,
};

/** Schema of `ImageUpgradeArgs`. */
export const imageUpgradeSchema: Schema = {
  type: "object",
  properties: {
    snapshot: { type: "string", examples: ["before-change"] },
    skipSnapshotFor: { type: "string", examples: ["quay.io/s3gw/s3gw:v0.23.0"] },
  },
  additionalProperties: false,
};

/** Schema of `ImageArgs`. */
export const imageSchema: Schema = {
  type: "object",
  properties: {
    reference: { type: "string", examples: ["quay.io/s3gw/s3gw:v0.23.0"], takesOutput: true },
    pullSecrets: { type: "array", items: { type: "string", examples: ["registry"] } },
    prePull: { type: "boolean", examples: [true] },
    upgrade: imageUpgradeSchema,
  },
  additionalProperties: false,
};

/** Schema of `S3gwArgs`. */
export const s3gwSchema: Schema = {
  type: "object",
  properties: {
    logLevel: { type: "string", examples: ["low"] },
    arguments: { type: "object", additionalProperties: { type: "string", examples: ["600"] } },
  },
  additionalProperties: false,
};

/** Schema of `CredentialsArgs`. */
export const credentialsSchema: Schema = {
  type: "object",
  properties: { existingSecretName: { type: "string", examples: ["photos-credentials"] } },
  additionalProperties: false,
};

/** Schema of `GatewayArgs`. */
export const gatewaySchema: Schema = {
  type: "object",
  properties: {
    engine: { type: "string", examples: ["S3gw"] },
    image: imageSchema,
    s3gw: s3gwSchema,
    credentials: credentialsSchema,
  },
  additionalProperties: false,
};

/** Schema of `ResourceRequirementsArgs`. */
export const resourceRequirementsSchema: Schema = {
  type: "object",
  properties: {
    requests: { type: "object", additionalProperties: { type: "string", examples: ["1Gi"] } },
    limits: { type: "object", additionalProperties: { type: "string", examples: ["4Gi"] } },
  },
  additionalProperties: false,
};

/** Schema of `NodeSelectorRequirementArgs`. */
export const nodeSelectorRequirementSchema: Schema = {
  type: "object",
  properties: {
    key: { type: "string", examples: ["topology.kubernetes.io/zone"] },
    operator: { type: "string", examples: ["In"] },
    values: { type: "array", items: { type: "string", examples: ["zone-a"] } },
  },
  additionalProperties: false,
};

/** Schema of `NodeSelectorTermArgs`. */
export const nodeSelectorTermSchema: Schema = {
  type: "object",
  properties: {
    matchExpressions: { type: "array", items: nodeSelectorRequirementSchema },
    matchFields: { type: "array", items: nodeSelectorRequirementSchema },
  },
  additionalProperties: false,
};

/** Schema of `NodeSelectorArgs`. */
export const nodeSelectorSchema: Schema = {
  type: "object",
  properties: { nodeSelectorTerms: { type: "array", items: nodeSelectorTermSchema } },
  additionalProperties: false,
};

/** Schema of `PreferredSchedulingTermArgs`. */
export const preferredSchedulingTermSchema: Schema = {
  type: "object",
  properties: { weight: { type: "number", examples: [100] }, preference: nodeSelectorTermSchema },
  additionalProperties: false,
};

/** Schema of `NodeAffinityArgs`. */
export const nodeAffinitySchema: Schema = {
  type: "object",
  properties: {
    requiredDuringSchedulingIgnoredDuringExecution: nodeSelectorSchema,
    preferredDuringSchedulingIgnoredDuringExecution: { type: "array", items: preferredSchedulingTermSchema },
  },
  additionalProperties: false,
};

/** Schema of `LabelSelectorRequirementArgs`. */
export const labelSelectorRequirementSchema: Schema = {
  type: "object",
  properties: {
    key: { type: "string", examples: ["app.kubernetes.io/name"] },
    operator: { type: "string", examples: ["In"] },
    values: { type: "array", items: { type: "string", examples: ["s3gw"] } },
  },
  additionalProperties: false,
};

/** Schema of `LabelSelectorArgs`. */
export const labelSelectorSchema: Schema = {
  type: "object",
  properties: {
    matchLabels: { type: "object", additionalProperties: { type: "string", examples: ["s3gw"] } },
    matchExpressions: { type: "array", items: labelSelectorRequirementSchema },
  },
  additionalProperties: false,
};

/** Schema of `PodAffinityTermArgs`. */
export const podAffinityTermSchema: Schema = {
  type: "object",
  properties: {
    topologyKey: { type: "string", examples: ["kubernetes.io/hostname"] },
    labelSelector: labelSelectorSchema,
    namespaces: { type: "array", items: { type: "string", examples: ["photos"] } },
    namespaceSelector: labelSelectorSchema,
    matchLabelKeys: { type: "array", items: { type: "string", examples: ["team"] } },
    mismatchLabelKeys: { type: "array", items: { type: "string", examples: ["team"] } },
  },
  additionalProperties: false,
};

/** Schema of `WeightedPodAffinityTermArgs`. */
export const weightedPodAffinityTermSchema: Schema = {
  type: "object",
  properties: { weight: { type: "number", examples: [100] }, podAffinityTerm: podAffinityTermSchema },
  additionalProperties: false,
};

/** Schema of `PodAffinityArgs`. */
export const podAffinitySchema: Schema = {
  type: "object",
  properties: {
    requiredDuringSchedulingIgnoredDuringExecution: { type: "array", items: podAffinityTermSchema },
    preferredDuringSchedulingIgnoredDuringExecution: { type: "array", items: weightedPodAffinityTermSchema },
  },
  additionalProperties: false,
};

/** Schema of `AffinityArgs`. */
export const affinitySchema: Schema = {
  type: "object",
  properties: { nodeAffinity: nodeAffinitySchema, podAffinity: podAffinitySchema, podAntiAffinity: podAffinitySchema },
  additionalProperties: false,
};

/** Schema of `PodArgs`. */
export const podSchema: Schema = {
  type: "object",
  properties: {
    resources: resourceRequirementsSchema,
    nodeSelector: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
    affinity: affinitySchema,
    tolerations: { type: "array", items: tolerationSchema },
    priorityClassName: { type: "string", examples: ["storage"] },
    env: { type: "object", additionalProperties: { type: "string", examples: ["UTC"] } },
  },
  additionalProperties: false,
};

/** Schema of `ServiceArgs`. */
export const serviceSchema: Schema = {
  type: "object",
  properties: {
    name: { type: "string", examples: ["photos"] },
    type: { type: "string", examples: ["ClusterIP"] },
    port: { type: "number", examples: [80] },
    annotations: { type: "object", additionalProperties: { type: "string", examples: ["internal"] } },
    loadBalancerSourceRanges: { type: "array", items: { type: "string", examples: ["192.0.2.0/24"] } },
  },
  additionalProperties: false,
};

/** Schema of `ObjectStoreArgs`. */
export const objectStoreSchema: Schema = {
  type: "object",
  properties: {
    longhorn: longhornSchema,
    existingLonghorn: longhornReferenceSchema,
    failover: failoverSchema,
    prediction: predictionSchema,
    namespace: { type: "string", examples: ["photos"] },
    createNamespace: { type: "boolean", examples: [true] },
    volume: volumeSchema,
    gateway: gatewaySchema,
    pod: podSchema,
    service: serviceSchema,
    dnsNames: { type: "array", items: { type: "string", examples: ["s3.example.com"] } },
    labels: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
    annotations: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
    clusterDomain: { type: "string", examples: ["cluster.local"] },
    deletionProtection: { type: "boolean", examples: [true] },
  },
  additionalProperties: false,
};

/** Schema of `GatewayVolumeArgs`. */
export const gatewayVolumeSchema: Schema = {
  type: "object",
  properties: {
    storageClassName: { type: "string", examples: ["longhorn-s3"] },
    longhornNamespace: { type: "string", examples: ["longhorn-system"] },
    storageClassParameters: { type: "object", additionalProperties: { type: "string", examples: ["3"] } },
    hasBackupTarget: { type: "boolean", examples: [true] },
    size: { type: "string", examples: ["10Gi"], takesOutput: true },
    existing: existingVolumeSchema,
    fromBackup: { type: "string", examples: ["s3://backups@eu-central-1/?backup=backup-1&volume=pvc-1"] },
    recurringJobs: { type: "array", items: recurringJobSchema },
    accessMode: { type: "string", examples: ["ReadWriteOncePod"] },
  },
  additionalProperties: false,
};

/** Schema of `S3GatewayArgs`. */
export const s3GatewaySchema: Schema = {
  type: "object",
  properties: {
    namespace: { type: "string", examples: ["photos"] },
    volume: gatewayVolumeSchema,
    tolerationSeconds: { type: "number", examples: [30] },
    terminationGracePeriodSeconds: { type: "number", examples: [30] },
    livenessFailureSeconds: { type: "number", examples: [60] },
    gateway: gatewaySchema,
    pod: podSchema,
    service: serviceSchema,
    dnsNames: { type: "array", items: { type: "string", examples: ["s3.example.com"] } },
    labels: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
    annotations: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
    clusterDomain: { type: "string", examples: ["cluster.local"] },
    deletionProtection: { type: "boolean", examples: [true] },
  },
  additionalProperties: false,
};

/** Schema of `FenceAgentArgs`. */
export const fenceAgentSchema: Schema = {
  type: "object",
  properties: {
    agent: { type: "string", examples: ["fence_ipmilan"] },
    sharedParameters: { type: "object", additionalProperties: { type: "string", examples: ["reboot"] } },
    nodeParameters: {
      type: "object",
      additionalProperties: { type: "object", additionalProperties: { type: "string", examples: ["192.0.2.1"] } },
    },
    credentials: { type: "object", additionalProperties: { type: "string", writeOnly: true, takesOutput: true } },
    credentialSecretName: { type: "string", examples: ["fence-agent-credentials"] },
    nodeCredentialSecretNames: { type: "object", additionalProperties: { type: "string", examples: ["fence-node-1"] } },
    timeoutSeconds: { type: "number", examples: [60] },
    retryCount: { type: "number", examples: [5] },
  },
  additionalProperties: false,
};

/** Schema of `NodeFencingArgs`. */
export const nodeFencingSchema: Schema = {
  type: "object",
  properties: {
    remediator: { type: "string", examples: ["SelfNodeRemediation"] },
    unhealthySeconds: { type: "number", examples: [60] },
    minHealthy: { type: "string", examples: ["51%"] },
    nodeSelector: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
    namespace: { type: "string", examples: ["medik8s"] },
    fenceAgent: fenceAgentSchema,
  },
  additionalProperties: false,
};
