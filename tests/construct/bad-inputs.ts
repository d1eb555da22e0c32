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

const label = "a DNS label: lower-case letters, digits and '-', at most 63, first and last no '-'";
const serviceLabel =
  "a DNS label that starts with a letter: lower-case letters, digits and '-', at most 63, last no '-'";
const subdomain = "DNS labels with dots between them: lower-case letters, digits, '-' and '.', at most 253";
const truth = "true or false";
const image =
  'an image with a digest, or with a tag other than "latest", which release candidates were pushed to as well';
const job = { name: "daily", task: "snapshot", cron: "@daily" };
const jobs = (more: object) => ({ "volume.recurringJobs": [{ ...job, ...more }] });
const fiveFields = 'five fields (minute, hour, day of month, month, day of week) or a word such as "@daily"';
const words = "@hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually";
const months = "jan, feb, mar, apr, may, jun, jul, aug, sep, oct, nov, dec";
const acting = {
  "longhorn.podDeletionPolicy": "delete-deployment-pod",
  "failover.onNodeFailure": "AssumeDead",
  "failover.acceptDataLossIfNodeIsAlive": true,
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
      'a Kubernetes quantity such as "10Gi", at least "1Gi" (radosgw needs room for a copy of its database at every start)',
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
      "the URL of a backup, s3:// or nfs://, with the parameters backup and volume, as the status of Longhorn's Backup has it " +
      "(kubectl -n longhorn-system get backups.longhorn.io -o custom-columns=NAME:.metadata.name,URL:.status.url)",
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
    allowed: "nothing beside existing: a volume is either there already or made from a backup",
    values: [backup],
    beside: { "volume.existing": { persistentVolumeName: "pvc-4f1e" } },
  },
  {
    field: "volume.recurringJobs[0].name",
    allowed:
      "a DNS label: lower-case letters, digits and '-', first and last no '-'; at most 33, since Longhorn's job is named " +
      '"photos-<name>" and may have 40 characters',
    values: ["", "Daily", "-daily", "daily-", "every day", "a".repeat(34), 1],
    beside: jobs({}),
  },
  {
    field: "volume.recurringJobs[0].task",
    allowed: '"snapshot", "backup", "filesystem-trim"',
    values: ["Snapshot", "trim", "", undefined],
    beside: jobs({}),
  },
  ...[
    ["0 3 * *", "it has 4 of 5 fields"],
    ["0 3 * * * *", "it has 6 of 5 fields"],
    ["@fortnightly", `it is none of ${words}, and no interval such as "@every 12h"`],
    ["60 3 * * *", 'its minute is "60", no range within 0 to 59'],
    ["0 24 * * *", 'its hour is "24", no range within 0 to 23'],
    ["0 3 0 * *", 'its day of month is "0", no range within 1 to 31'],
    ["0 3 * 13 *", `its month is "13", no range within 1 to 12, or one of ${months}`],
    ["0 3 * * 7", 'its day of week is "7", no range within 0 to 6, or one of sun, mon, tue, wed, thu, fri, sat'],
    ["*/0 3 * * *", 'its minute is "*/0", no range within 0 to 59'],
    ["5-1 3 * * *", 'its minute is "5-1", no range within 0 to 59'],
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
    allowed: 'nothing with the task "filesystem-trim", which keeps nothing',
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
    allowed: "a name that no job before it has",
    values: ["daily"],
    beside: { "volume.recurringJobs": [job, { ...job, cron: "@weekly" }] },
  },
  // Names
  { field: "serviceName", allowed: serviceLabel, values: ["Photos", "1photos", "photos-", "photos.s3", "", 5] },
  { field: "namespace", allowed: label, values: ["S3", "-s3", "s3.", "a".repeat(64), ""] },
  { field: "clusterDomain", allowed: subdomain, values: [".local", "cluster..local", "Cluster.local", "a b", ""] },
  { field: "createNamespace", allowed: truth, values: ["no", 0, null] },
  { field: "deletionProtection", allowed: truth, values: ["false", 1] },
  { field: "credentials.existingSecretName", allowed: subdomain, values: ["", "Keys", "photos/keys", "a_b"] },
  // Images
  {
    field: "image",
    allowed: image,
    values: [
      ...["quay.io/s3gw/s3gw", "quay.io/s3gw/s3gw:latest", "quay.io/s3gw/s3gw:", "a b:v1", "", 23],
      ...["quay.io/s3gw/s3gw@sha256:abc", "quay.io/s3gw/s3gw:v1@sha512:0", "quay.io/s3gw/s3gw@"],
    ],
  },
  { field: "imageChange.snapshot", allowed: subdomain, values: ["Before", "before v0.24", ""] },
  { field: "imageChange.withoutSnapshot", allowed: image, values: ["quay.io/s3gw/s3gw", "v0.24.0"] },
  // The decision about silent nodes
  {
    field: "failover.onNodeFailure",
    allowed:
      '"Wait" or "AssumeDead"; there is no default, since only the owner of the data can decide what becomes of it when a node ' +
      "falls silent",
    values: [undefined, "wait", "Fence", "", true],
  },
  {
    field: "failover.tolerationSeconds",
    allowed: "a whole number of seconds from 0 to 3600",
    values: [-1, 3601, 0.5, "30"],
    beside: acting,
  },
  { field: "failover.acceptDataLossIfNodeIsAlive", allowed: truth, values: ["yes", 1], beside: acting },
  {
    field: "failover.acceptDataLossIfNodeIsAlive",
    allowed:
      'true with onNodeFailure "AssumeDead", since nobody proves that the silent node is dead: one that is only cut off goes on ' +
      "acknowledging writes, and Longhorn discards them when it returns",
    values: [false, undefined],
    beside: acting,
  },
  {
    field: "failover.tolerationSeconds",
    allowed: 'nothing with onNodeFailure "Wait": the gateway stays with its node without limit, and nothing is lost',
    values: [0, 30],
  },
  // Longhorn
  {
    field: "longhorn.version",
    allowed: 'a version in full, 1.5.0 or newer, without "v"',
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
      '"delete-deployment-pod" or "delete-both-statefulset-and-deployment-pod" with onNodeFailure "AssumeDead", since otherwise ' +
      "nobody removes the dead node's pod and its attachment, and the gateway never starts on another node",
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
    allowed: 'DNS labels with dots between them, not "longhorn" or "longhorn-static", which Longhorn manages by itself',
    values: ["longhorn", "longhorn-static", "Fast", ""],
  },
  {
    field: "longhorn.storageClass.numberOfReplicas",
    allowed: "a whole number of copies from 1 to 20",
    values: [0, 21, 2.5, "3"],
  },
  {
    field: "longhorn.storageClass.dataLocality",
    allowed: '"disabled", "best-effort"',
    values: ["strict-local", "", true],
  },
  { field: "longhorn.allowUninstall", allowed: truth, values: ["true", 1] },
  {
    field: "longhorn.deletionProtection",
    allowed:
      "true until allowUninstall is true: a destroy would delete the stores first and then fail, since Longhorn's own uninstaller " +
      "refuses without it",
    values: [false],
  },
  { field: "longhorn.deletionProtection", allowed: truth, values: ["false"] },
  // A Longhorn that is there
  {
    field: "existingLonghorn.version",
    allowed: 'a version in full, 1.5.0 or newer, without "v"',
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
