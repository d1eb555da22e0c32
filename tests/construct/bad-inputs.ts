/** Values of one input that are refused, all with the same words. */
export interface BadInput {
  /** The input as a message names it, a property path as in `volume.recurringJobs[0].cron`. */
  field: string;
  /** What the message says is allowed. */
  allowed: string;
  values: readonly unknown[];
  /** Inputs beside it that make it wrong, or without which it could not be. */
  beside?: Record<string, unknown>;
}

const label = "a DNS label: lower-case letters, digits and '-', at most 63 characters, not starting or ending with '-'";
const serviceLabel =
  "a DNS label that starts with a letter: lower-case letters, digits and '-', at most 63 characters, not ending " +
  "with '-'";
const subdomain = "a DNS subdomain: lower-case letters, digits, '-' and '.', at most 253 characters";
const truth = "true or false";
const image =
  'an image reference in lower-case letters, without a scheme, and with a digest or a tag other than "latest", ' +
  "which also included release candidates";
const job = { name: "daily", task: "snapshot", cron: "@daily" };
const jobs = (more: object) => ({ "volume.recurringJobs": [{ ...job, ...more }] });
const key =
  "letters, digits, '-', '_' and '.', at most 63 characters, starting and ending with a letter or digit, " +
  'optionally after a domain and "/"';
const value =
  "letters, digits, '-', '_' and '.', at most 63 characters, starting and ending with a letter or digit; or the " +
  "empty string";
const dnsName =
  "a DNS name of lower-case letters, digits, '-' and '.', at most 253 characters and 63 per label, such as " +
  '"s3.example.com"; no IP address, port, "http://" or "*"';
const requiredTerms = "requiredDuringSchedulingIgnoredDuringExecution";
const oneTerm = (requirement: object) => ({
  [`pod.affinity.nodeAffinity.${requiredTerms}.nodeSelectorTerms`]: [{ matchExpressions: [requirement] }],
});
const fiveFields = 'five fields (minute, hour, day of month, month, day of week) or a macro such as "@daily"';
const words = "@hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually";
const months = "jan, feb, mar, apr, may, jun, jul, aug, sep, oct, nov, dec";
const acting = {
  "longhorn.podDeletionPolicy": "delete-deployment-pod",
  "failover.onNodeFailure": "AssumeDead",
  "failover.acceptDataLossIfNodeIsAlive": true,
};
const fenced = {
  "failover.onNodeFailure": "Fence",
  "failover.fencing": { remediator: "SelfNodeRemediation", unhealthySeconds: 60 },
};
const fencedByAgent = {
  "failover.onNodeFailure": "Fence",
  "failover.fencing": { remediator: "FenceAgentsRemediation", unhealthySeconds: 60 },
};
const existing = {
  longhorn: undefined,
  existingLonghorn: { version: "1.12.1", storageClassName: "fast", podDeletionPolicy: "do-nothing" },
};
const backup = "s3://backups@eu-central-1/?backup=backup-1b2c&volume=pvc-4f1e";

/** Everything that a store refuses, by its inputs. */
export const badInputs: readonly BadInput[] = [
  // The volume
  {
    field: "volume.size",
    allowed:
      'a Kubernetes quantity such as "10Gi", at least "1Gi" (radosgw needs space for a copy of its database at every ' +
      "start)",
    values: ["10 GB", "10GB", "0", "-10Gi", "1023Mi", "1Ti2", "Gi", "", " 10Gi", "1e30", "10E", 10, null, undefined],
  },
  {
    field: "volume.existing.persistentVolumeName",
    allowed: subdomain,
    values: ["", "PVC-4f1e", "pvc_4f1e", "default/pvc", 7],
  },
  {
    field: "volume.fromBackup",
    allowed:
      "the URL of a backup, s3://, nfs://, cifs:// or azblob://, without user and password, with the parameters backup " +
      "and volume, as in the status of Longhorn's Backup (kubectl -n longhorn-system get backups.longhorn.io -o " +
      "custom-columns=NAME:.metadata.name,URL:.status.url)",
    values: [
      "backup-1b2c",
      "https://backups/?backup=backup-1b2c&volume=pvc-4f1e",
      "s3://backups@eu-central-1/?backup=backup-1b2c",
      "s3://backups@eu-central-1/?volume=pvc-4f1e",
      "s3://backups/?backup=backup-1b2c&volume=pvc-4f1e",
      "s3://backups@eu-central-1/?backup=&volume=pvc-4f1e",
      "s3://backups@eu-central-1/?backup=a1&backup=b2&volume=pvc-4f1e",
      "nfs:///export/?backup=backup-1b2c&volume=pvc-4f1e",
    ],
  },
  {
    field: "volume.fromBackup",
    allowed: "unset if existing is set: a volume either exists or is created from a backup",
    values: [backup],
    beside: { "volume.existing": { persistentVolumeName: "pvc-4f1e" } },
  },
  {
    field: "volume.recurringJobs[0].name",
    allowed:
      "a DNS label: lower-case letters, digits and '-', not starting or ending with '-'; at most 33 characters, " +
      'because Longhorn\'s job is named "photos-<name>" and can have 40',
    values: ["", "Daily", "-daily", "daily-", "every day", "a".repeat(34), 1],
    beside: jobs({}),
  },
  {
    field: "volume.recurringJobs[0].task",
    allowed:
      '"snapshot", "backup", "filesystem-trim", "snapshot-force-create", "snapshot-delete", "snapshot-cleanup", "backup-force-create"',
    values: ["Snapshot", "trim", "", undefined],
    beside: jobs({}),
  },
  ...[
    ["0 3 * *", "it has 4 of 5 fields"],
    ["0 3 * * * *", "it has 6 of 5 fields"],
    ["@fortnightly", `it is none of ${words}, and not an interval such as "@every 12h"`],
    ["60 3 * * *", 'its minute is "60", not a range within 0 to 59'],
    ["0 24 * * *", 'its hour is "24", not a range within 0 to 23'],
    ["0 3 0 * *", 'its day of month is "0", not a range within 1 to 31'],
    ["0 3 * 13 *", `its month is "13", not a range within 1 to 12, or one of ${months}`],
    ["0 3 * * 7", 'its day of week is "7", not a range within 0 to 6, or one of sun, mon, tue, wed, thu, fri, sat'],
    ["*/0 3 * * *", 'its minute is "*/0", not a range within 0 to 59'],
    ["5-1 3 * * *", 'its minute is "5-1", not a range within 0 to 59'],
    ["", "it has 0 of 5 fields"],
  ].map(([cron = "", fault = ""]) => ({
    field: "volume.recurringJobs[0].cron",
    allowed: `${fiveFields}; ${fault}`,
    values: [cron],
    beside: jobs({}),
  })),
  {
    field: "volume.recurringJobs[0].retain",
    allowed: "a whole number of snapshots or backups from 1 to 250",
    values: [0, -1, 251, 1.5, "7"],
    beside: jobs({}),
  },
  {
    field: "volume.recurringJobs[0].retain",
    allowed: 'unset with the task "filesystem-trim", which retains nothing',
    values: [7],
    beside: jobs({ task: "filesystem-trim" }),
  },
  {
    field: "volume.recurringJobs[0].concurrency",
    allowed: "a whole number of volumes from 1 to 100",
    values: [0, 101, "2"],
    beside: jobs({}),
  },
  {
    field: "volume.recurringJobs[1].name",
    allowed: "a name that no other job has",
    values: ["daily"],
    beside: { "volume.recurringJobs": [job, { ...job, cron: "@weekly" }] },
  },
  // Names
  { field: "service.name", allowed: serviceLabel, values: ["Photos", "1photos", "photos-", "photos.s3", "", 5] },
  { field: "namespace", allowed: label, values: ["S3", "-s3", "s3.", "a".repeat(64), ""] },
  {
    field: "clusterDomain",
    allowed: `${subdomain} and 63 per label`,
    values: [".local", "cluster..local", "Cluster.local", "a b", ""],
  },
  { field: "createNamespace", allowed: truth, values: ["no", 0, null] },
  { field: "deletionProtection", allowed: truth, values: ["false", 1] },
  { field: "gateway.credentials.existingSecretName", allowed: subdomain, values: ["", "Keys", "photos/keys", "a_b"] },
  // Groups
  ...[
    ["gateway", "engine, image, s3gw, credentials"],
    ["gateway.image", "reference, pullSecrets, prePull, upgrade"],
    ["gateway.image.upgrade", "snapshot, skipSnapshotFor"],
    ["gateway.s3gw", "logLevel, arguments"],
    ["pod", "resources, nodeSelector, affinity, tolerations, priorityClassName, env"],
    ["service", "name, type, port, annotations, loadBalancerSourceRanges"],
  ].map(([field = "", inputs = ""]) => ({
    field,
    allowed: `an object with ${inputs}`,
    values: ["s3gw", 1, ["s3gw"], null],
  })),
  { field: "gateway.engine", allowed: '"S3gw"', values: ["s3gw", "MinIO", ""] },
  // Images
  {
    field: "gateway.image.reference",
    allowed: image,
    values: [
      ...["quay.io/s3gw/s3gw", "quay.io/s3gw/s3gw:latest", "quay.io/s3gw/s3gw:", "a b:v1", "", 23],
      ...["https://quay.io/s3gw/s3gw:v1", "quay.io/S3GW/s3gw:v1", "quay.io//s3gw:v1", "quay.io/s3gw\u200b:v1"],
      ...["quay.io/s3gw/s3gw@sha256:abc", "quay.io/s3gw/s3gw:v1@sha512:0", "quay.io/s3gw/s3gw@"],
    ],
  },
  {
    field: "gateway.image.upgrade.snapshot",
    allowed: subdomain.replace("253", "230"),
    values: ["Before", "before v0.24", ""],
  },
  { field: "gateway.image.upgrade.skipSnapshotFor", allowed: image, values: ["quay.io/s3gw/s3gw", "v0.24.0"] },
  // The pod
  ...["", "Registry", "a/b", 1].map((name) => ({
    field: "gateway.image.pullSecrets[1]",
    allowed: subdomain,
    values: [name],
    beside: { "gateway.image.pullSecrets": ["registry"] },
  })),
  { field: "gateway.image.prePull", allowed: truth, values: ["false", 0] },
  {
    field: 'pod.resources.requests["memory"]',
    allowed:
      'a Kubernetes quantity of whole bytes, at least "1", such as "256Mi"; "m" means thousandths, "Mi" means mebibytes',
    values: ["1 Gi", "0", "-1Gi", "", 1024, "512m"],
  },
  {
    field: 'pod.resources.limits["memory"]',
    allowed:
      'a Kubernetes quantity of whole bytes, at least "16Mi", such as "1Gi"; "m" means thousandths, "Mi" means ' +
      "mebibytes",
    values: ["512m", "1", "1M"],
  },
  { field: 'pod.resources.limits["gpu"]', allowed: 'as the key, "cpu", "memory", "ephemeral-storage"', values: ["1"] },
  {
    field: 'pod.resources.requests["cpu"]',
    allowed: 'at most its limit, "500m"',
    values: ["1", "501m"],
    beside: { "pod.resources": { limits: { cpu: "500m" } } },
  },
  { field: 'pod.nodeSelector["disk type"]', allowed: `as the key, ${key}`, values: ["ssd"] },
  { field: 'pod.nodeSelector["disk"]', allowed: value, values: ["very fast", "ssd!", "a".repeat(64), true] },
  {
    field: `pod.affinity.nodeAffinity.${requiredTerms}.nodeSelectorTerms`,
    allowed: "at least one term: an empty list matches no node",
    values: [[]],
  },
  {
    field: `pod.affinity.nodeAffinity.${requiredTerms}.nodeSelectorTerms[0].matchExpressions[0].operator`,
    allowed: '"In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"',
    values: ["in", "Equals", undefined],
    beside: oneTerm({ key: "disk", values: ["ssd"] }),
  },
  {
    field: `pod.affinity.nodeAffinity.${requiredTerms}.nodeSelectorTerms[0].matchExpressions[0].values`,
    allowed: 'at least one label value with the operator "In"',
    values: [undefined, [], ["a b"]],
    beside: oneTerm({ key: "disk", operator: "In" }),
  },
  {
    field: `pod.affinity.nodeAffinity.${requiredTerms}.nodeSelectorTerms[0].matchExpressions[0].values`,
    allowed: 'a single integer, as a string, with the operator "Gt"',
    values: [["4", "5"], ["many"], undefined],
    beside: oneTerm({ key: "cores", operator: "Gt" }),
  },
  {
    field: `pod.affinity.podAntiAffinity.${requiredTerms}[0].labelSelector.matchExpressions[0].operator`,
    allowed: '"In", "NotIn", "Exists", "DoesNotExist"',
    values: ["Gt", "Lt", "in", undefined],
    beside: {
      [`pod.affinity.podAntiAffinity.${requiredTerms}`]: [
        {
          topologyKey: "kubernetes.io/hostname",
          labelSelector: { matchExpressions: [{ key: "cores", values: ["4"] }] },
        },
      ],
    },
  },
  {
    field: "pod.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight",
    allowed: "a whole number of points from 1 to 100",
    values: [0, 101, "50"],
    beside: {
      "pod.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution": [
        { podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: {} } },
      ],
    },
  },
  {
    field: "pod.tolerations[0].key",
    allowed: key,
    values: ["", "a b", "a/b/c"],
    beside: { "pod.tolerations": [{ effect: "NoSchedule" }] },
  },
  {
    field: "pod.tolerations[0].effect",
    allowed: '"NoSchedule", "PreferNoSchedule", "NoExecute"',
    values: ["noschedule", ""],
    beside: { "pod.tolerations": [{ key: "dedicated" }] },
  },
  {
    field: "pod.tolerations[0]",
    allowed:
      "no toleration for unreachable or powered-off nodes with the effect NoExecute: failover.onNodeFailure sets these",
    values: [
      { operator: "Exists" },
      { key: "node.kubernetes.io/unreachable", operator: "Exists" },
      { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute", tolerationSeconds: 5 },
      { key: "node.kubernetes.io/out-of-service", operator: "Exists" },
      { key: "node.kubernetes.io/out-of-service", value: "nodeshutdown", effect: "NoExecute" },
    ],
  },
  { field: "pod.tolerations", allowed: "a list", values: [{ key: "dedicated" }, "dedicated"] },
  { field: "dnsNames", allowed: "a list", values: ["s3.example.com"] },
  { field: "pod.env", allowed: "a map of values by name", values: [["TZ=UTC"], "TZ=UTC"] },
  { field: "labels", allowed: "a map of values by name", values: ["team=a"] },
  { field: "pod.priorityClassName", allowed: subdomain, values: ["Storage", "", "a_b"] },
  {
    field: 'pod.env["9LIVES"]',
    allowed: "as the key, letters, digits, '_', '-' and '.', at most 253 characters, not starting with a digit",
    values: ["1"],
  },
  { field: 'pod.env["TZ"]', allowed: "a string of at most 128 KiB, including the name", values: [1, true, "a\0b"] },
  {
    field: 'pod.env["RGW_DEFAULT_USER_SECRET_KEY"]',
    allowed: "no variable with a key of the first user: the keys come from a Secret, see gateway.credentials",
    values: ["x"],
  },
  {
    field: 'pod.env["CEPH_ARGS"]',
    allowed: "no arguments of radosgw here: set gateway.s3gw.arguments, where they are validated",
    values: ["--debug-rgw 20"],
  },
  {
    field: 'pod.env["S3GW_DNS_NAME"]',
    allowed: "no variable of the image's wrapper, which is not used: set dnsNames",
    values: ["s3.example.com"],
  },
  {
    field: 'gateway.s3gw.arguments["rgw-frontends"]',
    allowed: "no argument that this package sets: the Service, the probes and Pod Security rely on its only port, 7480",
    values: ["beast port=80"],
  },
  {
    field: 'gateway.s3gw.arguments["rgw-dns-name"]',
    allowed: "no argument that this package sets: set dnsNames",
    values: ["s3.example.com"],
  },
  ...["--rgw-max-put-size", "rgw_max_put_size", "conf", "mon-host", "rgw", "rgw-", ""].map((name) => ({
    field: `gateway.s3gw.arguments[${JSON.stringify(name)}]`,
    allowed:
      'as the key, the name of a command-line option of radosgw without the leading --, starting with "rgw-" or "debug-"',
    values: ["1"],
  })),
  {
    field: 'gateway.s3gw.arguments["rgw-gc-processor-period"]',
    allowed: 'a whole number of seconds, at least 1, as a string such as "3600"',
    values: ["0", "1h", "-1", 600, ""],
  },
  {
    field: 'gateway.s3gw.arguments["rgw-lifecycle-work-time"]',
    allowed: 'two times of the day in UTC, such as "00:00-06:00"',
    values: ["0-6", "24:00-06:00", "00:00"],
  },
  {
    field: 'gateway.s3gw.arguments["rgw-some-option"]',
    allowed: "a non-empty string without line breaks that does not start with --",
    values: ["", "a\nb", "--rgw-frontends", 1],
  },
  { field: "gateway.s3gw.logLevel", allowed: '"none", "low", "medium", "high"', values: ["debug", "Low", 1] },
  // What clients see
  {
    field: "dnsNames[0]",
    allowed: dnsName,
    values: ["S3.example.com", "https://s3.example.com", "s3.example.com:443", "192.0.2.1", "*.s3.example.com", "", 1],
  },
  {
    field: "dnsNames[0]",
    allowed: "a name that is not in the list yet; the names of the Service inside the cluster always are",
    values: ["photos", "photos.photos.svc", "localhost"],
  },
  {
    field: "dnsNames[1]",
    allowed: "a name that is not in the list yet; the names of the Service inside the cluster always are",
    values: ["s3.example.com"],
    beside: { dnsNames: ["s3.example.com"] },
  },
  { field: "service.type", allowed: '"ClusterIP", "NodePort", "LoadBalancer"', values: ["ExternalName", "clusterip"] },
  { field: "service.port", allowed: "a port from 1 to 65535", values: [0, 65536, "80", 80.5] },
  {
    field: "service.loadBalancerSourceRanges",
    allowed: 'unset unless the type is "LoadBalancer"',
    values: [["192.0.2.0/24"]],
  },
  {
    field: "service.loadBalancerSourceRanges[0]",
    allowed: 'a CIDR, such as "192.0.2.0/24" or "2001:db8::/32"',
    values: ["192.0.2.0", "192.0.2.0/33", "192.0.2/24", "2001:db8::/129", "all", "256.0.0.0/8"],
    beside: { "service.type": "LoadBalancer" },
  },
  { field: 'service.annotations["a b"]', allowed: `as the key, ${key}`, values: [""] },
  // Labels and annotations
  { field: 'labels["team name"]', allowed: `as the key, ${key}`, values: ["a"] },
  { field: 'labels["team"]', allowed: value, values: ["Team A", "-a", 1] },
  {
    field: 'labels["app.kubernetes.io/name"]',
    allowed: "no label that this package uses to select its objects",
    values: ["mine"],
  },
  {
    field: 'labels["recurring-job.longhorn.io/nightly"]',
    allowed: "no label of a recurring job: set volume.recurringJobs",
    values: ["enabled"],
  },
  {
    field: 'annotations["pulumi.com/patchForce"]',
    allowed: "no annotation that controls Pulumi's provider",
    values: ["true"],
  },
  { field: 'annotations["longhorn-s3/snapshot"]', allowed: "no annotation of this package", values: ["x"] },
  { field: 'annotations["owner"]', allowed: "a string", values: [1, null] },
  // The decision about silent nodes
  {
    field: "failover.onNodeFailure",
    allowed:
      '"Wait", "AssumeDead" or "Fence"; there is no default, because only the owner of the data can decide what ' +
      "happens when a node becomes unreachable",
    values: [undefined, "wait", "Guess", "", true],
  },
  {
    field: "failover.tolerationSeconds",
    allowed: "a whole number of seconds from 0 to 3600",
    values: [-1, 3601, 0.5, "30"],
    beside: acting,
  },
  { field: "failover.acceptDataLossIfNodeIsAlive", allowed: truth, values: ["yes", 1], beside: acting },
  { field: "failover.speed", allowed: '"Careful", "Balanced", "Fast"', values: ["fast", "", 5] },
  {
    field: "failover.terminationGracePeriodSeconds",
    allowed: "a whole number of seconds from 1 to 600",
    values: [0, 601, "10", 1.5],
  },
  {
    field: "failover.livenessFailureSeconds",
    allowed: "a whole number of seconds from 10 to 3600",
    values: [9, 3601, "60"],
  },
  {
    field: "prediction.kubernetesVersion",
    allowed: 'a minor version of Kubernetes, such as "1.36"',
    values: ["1.36.2", "v1.36", 1.36],
  },
  {
    field: "prediction.nodeMonitorGracePeriodSeconds",
    allowed: "a whole number of seconds from 5 to 3600",
    values: [4, "50"],
  },
  {
    field: "prediction.attachDetachReconcileSyncPeriodSeconds",
    allowed: "a whole number of seconds from 1 to 3600",
    values: [0, "60"],
  },
  { field: "prediction.nodes", allowed: "a whole number of nodes from 2 to 10000", values: [1, "3"] },
  {
    field: "prediction.objects",
    allowed: "a whole number of objects from 0 to 1000000000",
    values: [-1, "many"],
  },
  {
    field: "failover.fencing",
    allowed: 'the remediator that powers nodes off; required with onNodeFailure "Fence"',
    values: [undefined],
    beside: { "failover.onNodeFailure": "Fence" },
  },
  {
    field: "failover.fencing.remediator",
    allowed: '"SelfNodeRemediation", "FenceAgentsRemediation"',
    values: ["snr", undefined],
    beside: fenced,
  },
  {
    field: "failover.fencing.unhealthySeconds",
    allowed: "a whole number of seconds from 10 to 3600",
    values: [9, 3601, "60", undefined],
    beside: fenced,
  },
  {
    field: "failover.fencing.timeoutSeconds",
    allowed: "a whole number of seconds from 1 to 600",
    values: [0, 601, "60s"],
    beside: fencedByAgent,
  },
  {
    field: "failover.fencing.retryCount",
    allowed: "a whole number of tries from 1 to 100",
    values: [0, 101, "5"],
    beside: fencedByAgent,
  },
  ...["timeoutSeconds", "retryCount"].map((field) => ({
    field: `failover.fencing.${field}`,
    allowed: 'unset with "SelfNodeRemediation", which runs no fence agent',
    values: [5],
    beside: fenced,
  })),
  {
    field: "failover.acceptDataLossIfNodeIsAlive",
    allowed:
      'unset with onNodeFailure "Fence": the gateway stays on its node until the node is confirmed to be powered off',
    values: [true],
    beside: fenced,
  },
  {
    field: "failover.acceptDataLossIfNodeIsAlive",
    allowed:
      'true with onNodeFailure "AssumeDead", because nothing confirms that the unreachable node is powered off: an ' +
      "isolated node continues to acknowledge writes, and Longhorn discards them when it returns",
    values: [false, undefined],
    beside: acting,
  },
  {
    field: "failover.tolerationSeconds",
    allowed:
      'unset with onNodeFailure "Wait": the gateway stays on its node without limit, and no acknowledged write is lost',
    values: [0, 30],
  },
  // Longhorn
  {
    field: "longhorn.version",
    allowed: 'a full version, 1.5.0 or later, without a leading "v"',
    values: ["v1.12.1", "1.12", "1", "latest", "1.4.4", "", 1.12],
  },
  {
    field: "longhorn.podDeletionPolicy",
    allowed:
      '"do-nothing", "delete-statefulset-pod", "delete-deployment-pod", "delete-both-statefulset-and-deployment-pod"',
    values: ["delete-all", "Do-Nothing", "", null],
  },
  {
    field: "longhorn.podDeletionPolicy",
    allowed:
      '"delete-deployment-pod" or "delete-both-statefulset-and-deployment-pod" with onNodeFailure "AssumeDead", ' +
      "because otherwise the failed node's pod and its attachment remain, and the gateway never starts on another node",
    values: [undefined, "do-nothing", "delete-statefulset-pod"],
    beside: acting,
  },
  {
    field: "longhorn.kubeletRootDir",
    allowed: "an absolute path",
    values: ["var/lib/kubelet", "", "/var/lib/my kubelet"],
  },
  {
    field: "longhorn.storageClass.name",
    allowed: 'a DNS subdomain other than "longhorn" and "longhorn-static", which Longhorn manages itself',
    values: ["longhorn", "longhorn-static", "Fast", ""],
  },
  {
    field: "longhorn.storageClass.numberOfReplicas",
    allowed: "a whole number of replicas from 1 to 20",
    values: [0, 21, 2.5, "3"],
  },
  {
    field: "longhorn.storageClass.dataLocality",
    allowed: '"disabled", "best-effort"',
    values: ["strict-local", "", true],
  },
  {
    field: "longhorn.storageClass.staleReplicaTimeoutMinutes",
    allowed: "a whole number of minutes from 1 to 525600",
    values: [0, 525601, "30"],
  },
  { field: "longhorn.storageClass.fsType", allowed: '"ext4", "xfs"', values: ["btrfs", "EXT4"] },
  {
    field: "longhorn.storageClass.mkfsParams",
    allowed: "options of mkfs, separated by single spaces, where Longhorn splits them",
    values: ["", "O x", "-O  x", " -O x"],
  },
  { field: "longhorn.storageClass.diskSelector[0]", allowed: key, values: ["", "s s d", 1] },
  { field: "longhorn.storageClass.nodeSelector[0]", allowed: key, values: ["", "a,b"] },
  { field: "longhorn.storageClass.reclaimPolicy", allowed: '"Retain", "Delete"', values: ["Recycle", "retain"] },
  {
    field: "longhorn.storageClass.replicaAutoBalance",
    allowed: '"ignored", "disabled", "least-effort", "best-effort"',
    values: ["always", true],
  },
  { field: "longhorn.storageClass.encryption.secretName", allowed: subdomain, values: ["", "Crypto", undefined] },
  { field: "longhorn.createNamespace", allowed: truth, values: ["false"] },
  {
    field: "longhorn.chartRepository.url",
    allowed: "an https:// URL without credentials (set username and password instead)",
    values: ["http://charts.example.com", "charts.example.com", "ftp://x", ""],
  },
  {
    field: "longhorn.images.registry",
    allowed:
      'the host of a registry, with a dot or a port, optionally with a path; without a leading "https://" or a ' +
      'trailing "/"',
    values: ["https://registry.example.com", "registry", "registry.example.com/", "", "a b.c"],
  },
  { field: "longhorn.images.pullSecretName", allowed: subdomain, values: ["", "Mine"] },
  {
    field: "longhorn.placement.tolerations[0].tolerationSeconds",
    allowed: "unset, because Longhorn's setting taint-toleration does not support it",
    values: [30],
    beside: { "longhorn.placement.tolerations": [{ key: "a", operator: "Exists", effect: "NoExecute" }] },
  },
  {
    field: "longhorn.backup.target",
    allowed:
      "s3://bucket@region/path, nfs://host:/path, cifs://host/share or azblob://container@suffix/path, without '$', " +
      "',', '%' or spaces in the path; optionally followed by \"?nfsOptions=…\" or \"?cifsOptions=…\"",
    values: ["backups", "s3://backups/", "s3://backups@eu", "nfs://host/path", "https://backups/", "", undefined],
  },
  {
    field: "longhorn.backup.credentialSecretName",
    allowed: "unset with nfs://, which has no credentials",
    values: ["keys"],
    beside: { "longhorn.backup.target": "nfs://host:/path" },
  },
  {
    field: "longhorn.backup.pollIntervalSeconds",
    allowed: "a whole number of seconds from 0 to 86400",
    values: [-1, 86401, "300"],
    beside: { "longhorn.backup.target": "nfs://host:/path" },
  },
  {
    field: "longhorn.values.defaultSettings.nodeDownPodDeletionPolicy",
    allowed: "unset; use the input podDeletionPolicy",
    values: ["do-nothing"],
  },
  {
    field: "longhorn.values.defaultSettings.deletingConfirmationFlag",
    allowed: "unset; use the input allowUninstall",
    values: ["true", true],
  },
  {
    field: "longhorn.values.namespaceOverride",
    allowed:
      "unset, because Longhorn runs in longhorn-system, where its Secrets, recurring jobs and snapshots are created",
    values: ["longhorn"],
  },
  { field: "longhorn.allowUninstall", allowed: truth, values: ["true", 1] },
  {
    field: "longhorn.deletionProtection",
    allowed:
      "true unless allowUninstall is true: a destroy would delete the stores first and then fail, because Longhorn's " +
      "uninstaller requires it",
    values: [false],
  },
  { field: "longhorn.deletionProtection", allowed: truth, values: ["false"] },
  {
    field: "volume.recurringJobs[0].task",
    allowed: '"snapshot" or "filesystem-trim" while Longhorn has no backup target',
    values: ["backup"],
    beside: jobs({}),
  },
  // A Longhorn that is there
  {
    field: "existingLonghorn.backupTarget",
    allowed:
      "the URL of a backup target, as in the spec of Longhorn's BackupTarget, without user and password, because it is " +
      "an output of the store's stack",
    values: ["backups", "https://backups/", "", "cifs://bob:hunter2@nas/share", "s3://AKIA:hunter2@eu/"],
    beside: existing,
  },
  {
    field: "existingLonghorn.version",
    allowed: 'a full version, 1.5.0 or later, without a leading "v"',
    values: ["v1.12.1", "1.12", undefined],
    beside: existing,
  },
  { field: "existingLonghorn.storageClassName", allowed: subdomain, values: ["Fast", "", undefined], beside: existing },
  {
    field: "existingLonghorn.podDeletionPolicy",
    allowed:
      '"do-nothing", "delete-statefulset-pod", "delete-deployment-pod", "delete-both-statefulset-and-deployment-pod"',
    values: ["none", undefined],
    beside: existing,
  },
];
