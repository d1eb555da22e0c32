/** A configuration with almost every key that there is, and with nothing wrong. */
export const wholeConfig = {
  production: true,
  cluster: { context: "eu", kubeconfig: "./kubeconfig" },
  longhorn: {
    version: "1.12.1",
    chartRepository: { url: "https://charts.example.com", username: "reader", password: "hunter2" },
    createNamespace: true,
    images: { registry: "registry.example.com", pullSecretName: "registry", username: "reader", password: "hunter2" },
    placement: {
      nodeSelector: { "example.com/storage": "true" },
      tolerations: [{ key: "dedicated", operator: "Equal", value: "storage", effect: "NoSchedule" }],
    },
    podDeletionPolicy: "delete-deployment-pod",
    kubeletRootDir: "/var/lib/kubelet",
    storageClass: { name: "s3", numberOfReplicas: 3, dataLocality: "best-effort", diskSelector: ["ssd"] },
    settings: { storageOverProvisioningPercentage: 100, logLevel: "Info" },
    backup: {
      target: "s3://backups@eu-central-1/longhorn",
      credentials: { accessKeyId: "AKIA", secretAccessKey: "hunter2", virtualHostedStyle: false },
      pollIntervalSeconds: 600,
    },
    values: { longhornUI: { replicas: 1 } },
    deletionProtection: true,
    allowUninstall: false,
  },
  fencing: {
    remediator: "FenceAgentsRemediation",
    namespace: "medik8s",
    unhealthySeconds: 60,
    minHealthy: "51%",
    fenceAgent: {
      agent: "fence_ipmilan",
      sharedParameters: { "--action": "reboot" },
      nodeParameters: { "--ip": { "node-1": "192.0.2.1", "node-2": "192.0.2.2" } },
      credentials: { "--password": "hunter2" },
    },
  },
  stores: {
    photos: {
      volume: {
        size: "100Gi",
        recurringJobs: [{ name: "nightly", task: "backup", cron: "0 2 * * *", retain: 7, concurrency: 1 }],
        accessMode: "ReadWriteOncePod",
      },
      failover: {
        onNodeFailure: "AssumeDead",
        acceptDataLossIfNodeIsAlive: true,
        speed: "Balanced",
      },
      prediction: { kubernetesVersion: "1.36", nodes: 3, objects: 100_000 },
      namespace: "s3",
      gateway: {
        engine: "S3gw",
        image: { reference: "quay.io/s3gw/s3gw:v0.23.0", pullSecrets: ["registry"], prePull: true },
        s3gw: { logLevel: "low", arguments: { "rgw-gc-processor-period": "600" } },
        credentials: { existingSecretName: "photos-keys" },
      },
      pod: {
        resources: { requests: { memory: "1Gi" }, limits: { memory: "4Gi" } },
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: "zone", operator: "In", values: ["a"] }] }],
            },
          },
        },
        env: { TZ: "UTC" },
      },
      service: { type: "ClusterIP", port: 80, annotations: { team: "storage" } },
      dnsNames: ["s3.example.com"],
      labels: { team: "storage" },
      deletionProtection: true,
    },
    archive: { volume: { size: "1Ti" }, failover: { onNodeFailure: "Fence" } },
  },
  adopt: { "photos-gateway-data": "photos/photos-data" },
};
