// Made by `npm run generate` from the table of settings: a change belongs there.
/** Values of Longhorn's setting `default-data-locality`. */
export const DefaultDataLocality = {
  Disabled: "disabled",
  BestEffort: "best-effort",
  StrictLocal: "strict-local",
} as const;

export type DefaultDataLocality = (typeof DefaultDataLocality)[keyof typeof DefaultDataLocality];

/** Values of Longhorn's setting `node-drain-policy`. */
export const NodeDrainPolicy = {
  BlockForEviction: "block-for-eviction",
  BlockForEvictionIfContainsLastReplica: "block-for-eviction-if-contains-last-replica",
  BlockIfContainsLastReplica: "block-if-contains-last-replica",
  AllowIfReplicaIsStopped: "allow-if-replica-is-stopped",
  AlwaysAllow: "always-allow",
} as const;

export type NodeDrainPolicy = (typeof NodeDrainPolicy)[keyof typeof NodeDrainPolicy];

/** Values of Longhorn's setting `system-managed-pods-image-pull-policy`. */
export const SystemManagedPodsImagePullPolicy = {
  IfNotPresent: "if-not-present",
  Never: "never",
  Always: "always",
} as const;

export type SystemManagedPodsImagePullPolicy =
  (typeof SystemManagedPodsImagePullPolicy)[keyof typeof SystemManagedPodsImagePullPolicy];

/** Values of Longhorn's setting `log-level`. */
export const LonghornLogLevel = {
  Panic: "Panic",
  Fatal: "Fatal",
  Error: "Error",
  Warn: "Warn",
  Info: "Info",
  Debug: "Debug",
  Trace: "Trace",
} as const;

export type LonghornLogLevel = (typeof LonghornLogLevel)[keyof typeof LonghornLogLevel];

/** Values of Longhorn's setting `data-engine-log-level`. */
export const DataEngineLogLevel = {
  Error: "Error",
  Warning: "Warning",
  Notice: "Notice",
  Info: "Info",
  Debug: "Debug",
} as const;

export type DataEngineLogLevel = (typeof DataEngineLogLevel)[keyof typeof DataEngineLogLevel];

/** Values of Longhorn's setting `replica-auto-balance`. */
export const DefaultReplicaAutoBalance = {
  Disabled: "disabled",
  LeastEffort: "least-effort",
  BestEffort: "best-effort",
} as const;

export type DefaultReplicaAutoBalance = (typeof DefaultReplicaAutoBalance)[keyof typeof DefaultReplicaAutoBalance];

/** Values of Longhorn's setting `backup-compression-method`. */
export const BackupCompressionMethod = {
  None: "none",
  Lz4: "lz4",
  Gzip: "gzip",
} as const;

export type BackupCompressionMethod = (typeof BackupCompressionMethod)[keyof typeof BackupCompressionMethod];

/** Values of Longhorn's setting `snapshot-data-integrity`. */
export const SnapshotDataIntegrity = {
  Disabled: "disabled",
  Enabled: "enabled",
  FastCheck: "fast-check",
} as const;

export type SnapshotDataIntegrity = (typeof SnapshotDataIntegrity)[keyof typeof SnapshotDataIntegrity];

/** Values of Longhorn's setting `v2-data-engine-log-level`. */
export const V2DataEngineLogLevel = {
  Disabled: "Disabled",
  Error: "Error",
  Warn: "Warn",
  Notice: "Notice",
  Info: "Info",
  Debug: "Debug",
} as const;

export type V2DataEngineLogLevel = (typeof V2DataEngineLogLevel)[keyof typeof V2DataEngineLogLevel];

/** Values of Longhorn's setting `v2-data-engine-snapshot-data-integrity`. */
export const V2DataEngineSnapshotDataIntegrity = {
  FastCheck: "fast-check",
  Disabled: "disabled",
} as const;

export type V2DataEngineSnapshotDataIntegrity =
  (typeof V2DataEngineSnapshotDataIntegrity)[keyof typeof V2DataEngineSnapshotDataIntegrity];

/** A value for each data engine. An engine without one has its default. */
export interface NumberByEngine {
  /** For volumes of the v1 data engine, on which stores are. */
  v1?: number;
  /** For volumes of the v2 data engine. */
  v2?: number;
}

/** A value for each data engine. An engine without one has its default. */
export interface BooleanByEngine {
  /** For volumes of the v1 data engine, on which stores are. */
  v1?: boolean;
  /** For volumes of the v2 data engine. */
  v2?: boolean;
}

/** A value for each data engine. An engine without one has its default. */
export interface DataEngineLogLevelByEngine {
  /** For volumes of the v1 data engine, on which stores are. */
  v1?: DataEngineLogLevel;
  /** For volumes of the v2 data engine. */
  v2?: DataEngineLogLevel;
}

/** A value for each data engine. An engine without one has its default. */
export interface StringByEngine {
  /** For volumes of the v1 data engine, on which stores are. */
  v1?: string;
  /** For volumes of the v2 data engine. */
  v2?: string;
}

/** A value for each data engine. An engine without one has its default. */
export interface SnapshotDataIntegrityByEngine {
  /** For volumes of the v1 data engine, on which stores are. */
  v1?: SnapshotDataIntegrity;
  /** For volumes of the v2 data engine. */
  v2?: SnapshotDataIntegrity;
}

/**
 * Longhorn's settings, by their names in the chart. What is not given here stays as Longhorn has it, except for what a store
 * depends on. Longhorn keeps the last value of a setting that is no longer given: write its default instead.
 *
 * @see https://longhorn.io/docs/latest/references/settings/
 */
export interface LonghornSettingsArgs {
  /**
   * Create the default disk only on nodes labelled node.longhorn.io/create-default-disk=true instead of on every new
   * node.
   * @default Longhorn's: false
   */
  createDefaultDiskLabeledNodes?: boolean;
  /**
   * Host directory (v1) or block device path (v2) used for the automatically created default disk. Allowed: an absolute
   * path, such as "/var/lib/longhorn/".
   * @default Longhorn's: "/var/lib/longhorn/"
   */
  defaultDataPath?: string;
  /**
   * Periodically ask the upgrade responder whether a newer Longhorn exists.
   * @default Longhorn's: true
   */
  upgradeChecker?: boolean;
  /**
   * Address of the upgrade responder service. In the chart from 1.8.1 on.
   * @default Longhorn's: "https://longhorn-upgrade-responder.rancher.io/v1/checkupgrade"
   */
  upgradeResponderURL?: string;
  /**
   * Base URL put in manager API links; internal components follow it too, so it must be reachable without auth from the
   * cluster. Allowed: scheme and host of a URL, such as "https://longhorn.example.com", or empty. In the chart from
   * 1.11.0 on.
   * @default Longhorn's: ""
   */
  managerUrl?: string;
  /**
   * Send anonymous usage data along with the upgrade check. In the chart from 1.5.4 on.
   * @default Longhorn's: true
   */
  allowCollectingLonghornUsageMetrics?: boolean;
  /**
   * Query metrics.k8s.io for CPU/memory series; turn off where no metrics-server runs. In the chart from 1.12.0 on.
   * @default Longhorn's: true
   */
  kubernetesMetricsServerMetricsEnabled?: boolean;
  /**
   * Replica count for volumes whose creator gave none (UI, or a StorageClass without numberOfReplicas). Allowed: 1 to
   * 20.
   * @default Longhorn's: { v1: 3, v2: 3 }
   */
  defaultReplicaCount?: number | NumberByEngine;
  /**
   * Data locality for volumes whose creator gave none; the chart's own StorageClass always sets one.
   * @default Longhorn's: "disabled"
   */
  defaultDataLocality?: DefaultDataLocality;
  /**
   * StorageClass name put on PV/PVC pairs made for existing volumes; a non-default name must already exist. Allowed: DNS
   * labels with dots between them: lower-case letters, digits, '-' and '.', at most 253.
   * @default Longhorn's: "longhorn-static"
   */
  defaultLonghornStaticStorageClass?: string;
  /**
   * When every replica is faulty, pick the usable ones (failed within one minute of the last) and bring the volume back.
   * @default true, written always; Longhorn's own is true
   */
  autoSalvage?: boolean;
  /**
   * Delete a controller-owned workload pod on the same node when its volume detached unexpectedly so it remounts.
   * @default true, written always; Longhorn's own is true
   */
  autoDeletePodWhenVolumeDetachedUnexpectedly?: boolean;
  /**
   * Semicolon list of owner api-group/kind values (e.g. apps/StatefulSet) exempt from that automatic pod deletion. In
   * the chart from 1.10.1 on.
   * @default Longhorn's: ""
   */
  blacklistForAutoDeletePodWhenVolumeDetachedUnexpectedly?: string;
  /**
   * How a drain is blocked or allowed when a node holds (the last healthy) replicas. "block-for-eviction" is there from
   * 1.5.4 on. "block-for-eviction-if-contains-last-replica" is there from 1.5.4 on.
   * @default "block-if-contains-last-replica", written always; Longhorn's own is "block-if-contains-last-replica"
   */
  nodeDrainPolicy?: NodeDrainPolicy;
  /**
   * Detach volumes that were attached by hand once their node is cordoned. In the chart from 1.6.0 on.
   * @default Longhorn's: false
   */
  detachManuallyAttachedVolumesWhenCordoned?: boolean;
  /**
   * Skip the per-write revision file; salvage then relies on head-file size and mtime.
   * @default Longhorn's: { v1: true }
   */
  disableRevisionCounter?: boolean | BooleanByEngine;
  /**
   * Seconds a degraded volume waits for a failed replica to come back before a new one is built elsewhere. Allowed: 0 or
   * more.
   * @default 600, written always; Longhorn's own is 600
   */
  replicaReplenishmentWaitInterval?: number;
  /**
   * Volumes restored from backup at once per node; 0 disables restore. Allowed: 0 or more.
   * @default Longhorn's: 5
   */
  concurrentVolumeBackupRestorePerNodeLimit?: number;
  /**
   * Image pull policy for manager-created pods; effective after they restart.
   * @default Longhorn's: "if-not-present"
   */
  systemManagedPodsImagePullPolicy?: SystemManagedPodsImagePullPolicy;
  /**
   * Engines per node upgraded automatically after a manager upgrade; 0 leaves engine upgrades manual. Allowed: 0 or
   * more.
   * @default Longhorn's: 0
   */
  concurrentAutomaticEngineUpgradePerNodeLimit?: number;
  /**
   * Minutes before an unused backing-image file is removed from a disk. Allowed: 0 or more.
   * @default Longhorn's: 60
   */
  backingImageCleanupWaitInterval?: number;
  /**
   * Seconds before a fully failed/unknown backing image is downloaded again. Allowed: 0 or more.
   * @default Longhorn's: 300
   */
  backingImageRecoveryWaitInterval?: number;
  /**
   * Tell Longhorn a Cluster Autoscaler runs, so only nodes safe to lose are marked removable.
   * @default Longhorn's: false
   */
  kubernetesClusterAutoscalerEnabled?: boolean;
  /**
   * Failed support bundles kept; 0 purges them. Allowed: 0 or more.
   * @default Longhorn's: 1
   */
  supportBundleFailedHistoryLimit?: number;
  /**
   * Seconds the engine waits for a replica before failing it; the last v1 replica gets twice as long. Allowed: 8 to 30.
   * @default 8, written always; Longhorn's own is { v1: 8, v2: 8 }
   */
  engineReplicaTimeout?: number | NumberByEngine;
  /**
   * Mark the newest snapshot chain as removed during fstrim so space can be reclaimed.
   * @default Longhorn's: false
   */
  removeSnapshotsDuringFilesystemTrim?: boolean;
  /**
   * Rebuild using snapshot checksums instead of full data transfer; needs snapshot-data-integrity on.
   * @default true, written always; Longhorn's own is { v1: true, v2: true }
   */
  fastReplicaRebuildEnabled?: boolean | BooleanByEngine;
  /**
   * Seconds before an HTTP call to the file sync server is given up. Allowed: 5 to 120.
   * @default Longhorn's: 30
   */
  replicaFileSyncHttpClientTimeout?: number;
  /**
   * Seconds allowed for long operations such as rebuild and snapshot clone. Allowed: 1 to 604800. In the chart from
   * 1.7.0 on.
   * @default Longhorn's: 86400
   */
  longGRPCTimeOut?: number;
  /**
   * Log verbosity of longhorn-manager.
   * @default Longhorn's: "Info"
   */
  logLevel?: LonghornLogLevel;
  /**
   * SPDK target log level. In the chart from 1.10.0 on.
   * @default Longhorn's: { v2: "Notice" }
   */
  dataEngineLogLevel?: DataEngineLogLevel | DataEngineLogLevelByEngine;
  /**
   * SPDK target log flags. Allowed: names of log flags with commas between, or empty. In the chart from 1.10.0 on.
   * @default Longhorn's: { v2: "" }
   */
  dataEngineLogFlags?: string | StringByEngine;
  /**
   * Lease-based quick takeover of share-manager (RWX) pods; has no effect on RWO volumes (experimental). In the chart
   * from 1.7.0 on.
   * @default Longhorn's: false
   */
  rwxVolumeFastFailover?: boolean;
  /**
   * Rebuild degraded replicas while the volume is detached. Before 1.9.0: "enabled", "disabled". In the chart 1.5.0 to
   * 1.6, and from 1.9.0 on.
   * @default Longhorn's: false
   */
  offlineReplicaRebuilding?: boolean;
  /**
   * MB/s ceiling for replica rebuilds (v2 only); 0 means none. In the chart from 1.10.0 on.
   * @default Longhorn's: { v2: 0 }
   */
  replicaRebuildingBandwidthLimit?: number | NumberByEngine;
  /**
   * Default ublk queue depth (v2, ublk frontend). Allowed: 32 or more. In the chart from 1.11.0 on.
   * @default Longhorn's: { v2: 128 }
   */
  defaultUblkQueueDepth?: number | NumberByEngine;
  /**
   * Default number of ublk queues (v2, ublk frontend). Allowed: 1 or more. In the chart from 1.11.0 on.
   * @default Longhorn's: { v2: 1 }
   */
  defaultUblkNumberOfQueue?: number | NumberByEngine;
  /**
   * Collect SMART/SPDK health data of node disks. In the chart from 1.11.0 on.
   * @default Longhorn's: true
   */
  nodeDiskHealthMonitoring?: boolean;
  /**
   * Heavy snapshot tasks (purge, clone) allowed at once per node, best effort. Allowed: 0 or more. In the chart from
   * 1.11.0 on.
   * @default Longhorn's: 5
   */
  snapshotHeavyTaskConcurrentLimit?: number;
  /**
   * Topology label keys passed into PV nodeAffinity; empty passes none. CSI plugin pods must restart to pick it up. In
   * the chart from 1.11.1 on.
   * @default Longhorn's: ""
   */
  csiAllowedTopologyKeys?: string;
  /**
   * Publish CSIStorageCapacity objects so the scheduler can skip full nodes. In the chart from 1.11.2 on.
   * @default Longhorn's: false
   */
  csiStorageCapacityTracking?: boolean;
  /**
   * Permit several replicas of one volume on the same node; false keeps one healthy replica per node.
   * @default false, written always; Longhorn's own is false
   */
  replicaSoftAntiAffinity?: boolean;
  /**
   * Redistribute replicas when nodes become available; least-effort guards minimal redundancy, best-effort evens them
   * out.
   * @default "least-effort", written always; Longhorn's own is "disabled"
   */
  replicaAutoBalance?: DefaultReplicaAutoBalance;
  /**
   * How much volume size may be scheduled on a disk relative to its usable size. Allowed: 0 or more.
   * @default 100, written always; Longhorn's own is 100
   */
  storageOverProvisioningPercentage?: number;
  /**
   * Disk stops accepting replicas when its free share falls below this percentage. Allowed: 0 to 100.
   * @default Longhorn's: 25
   */
  storageMinimalAvailablePercentage?: number;
  /**
   * Share of the default disk kept out of Longhorn's scheduling on each new node. Allowed: 0 to 100. In the chart from
   * 1.5.2 on.
   * @default Longhorn's: 30
   */
  storageReservedPercentageForDefaultDisk?: number;
  /**
   * Do not place replicas on cordoned Kubernetes nodes.
   * @default true, written always; Longhorn's own is true
   */
  disableSchedulingOnCordonedNode?: boolean;
  /**
   * Permit replicas of one volume in the same zone; nodes without a zone label all count as one zone.
   * @default true, written always; Longhorn's own is true
   */
  replicaZoneSoftAntiAffinity?: boolean;
  /**
   * Accept a new volume even if not all its replicas can be scheduled.
   * @default true, written always; Longhorn's own is true
   */
  allowVolumeCreationWithDegradedAvailability?: boolean;
  /**
   * Permit replicas of one volume on the same disk. In the chart from 1.6.0 on.
   * @default Longhorn's: true
   */
  replicaDiskSoftAntiAffinity?: boolean;
  /**
   * Let volumes without node selector use tagged nodes. In the chart from 1.6.0 on.
   * @default Longhorn's: true
   */
  allowEmptyNodeSelectorVolume?: boolean;
  /**
   * Let volumes without disk selector use tagged disks. In the chart from 1.6.0 on.
   * @default Longhorn's: true
   */
  allowEmptyDiskSelectorVolume?: boolean;
  /**
   * Let recurring snapshot/backup jobs attach a detached volume by themselves; the volume is unusable by pods until the
   * job ends.
   * @default Longhorn's: false
   */
  allowRecurringJobWhileVolumeDetached?: boolean;
  /**
   * Minutes a failed backup object is kept; 0 keeps it. Allowed: 0 or more.
   * @default Longhorn's: 1440
   */
  failedBackupTTL?: number;
  /**
   * Finished recurring-job pods kept in history. Allowed: 0 or more.
   * @default Longhorn's: 1
   */
  recurringSuccessfulJobsHistoryLimit?: number;
  /**
   * Failed recurring-job pods kept in history. Allowed: 0 or more.
   * @default Longhorn's: 1
   */
  recurringFailedJobsHistoryLimit?: number;
  /**
   * Upper bound for a recurring job's retain count. Allowed: 1 to 250. In the chart from 1.6.0 on.
   * @default Longhorn's: 100
   */
  recurringJobMaxRetention?: number;
  /**
   * Recreate recurring jobs recorded in a backup when restoring it.
   * @default Longhorn's: false
   */
  restoreVolumeRecurringJobs?: boolean;
  /**
   * Compression for backups.
   * @default Longhorn's: "lz4"
   */
  backupCompressionMethod?: BackupCompressionMethod;
  /**
   * Worker threads per backup. Allowed: 1 or more.
   * @default Longhorn's: 2
   */
  backupConcurrentLimit?: number;
  /**
   * Worker threads per restore. Allowed: 1 or more.
   * @default Longhorn's: 2
   */
  restoreConcurrentLimit?: number;
  /**
   * Minutes allowed for starting/executing a backup. Allowed: 1 or more. In the chart 1.7.3 to 1.7, and from 1.8.1 on.
   * The chart 1.8.0 writes it under a name that Longhorn does not know.
   * @default Longhorn's: 1
   */
  backupExecutionTimeout?: number;
  /**
   * Backup block size in MiB for new volumes (2 or 16). Allowed: 2, 16. In the chart from 1.10.0 on.
   * @default Longhorn's: 2
   */
  defaultBackupBlockSize?: number;
  /**
   * Remove the snapshots Longhorn takes around a rebuild; may not be true together with disable-snapshot-purge.
   * @default Longhorn's: true
   */
  autoCleanupSystemGeneratedSnapshot?: boolean;
  /**
   * Remove the snapshot a recurring backup job took. In the chart from 1.6.0 on.
   * @default Longhorn's: true
   */
  autoCleanupRecurringJobBackupSnapshot?: boolean;
  /**
   * Snapshot checksum mode; fast-check or enabled is the basis for fast rebuilds.
   * @default "fast-check", written always; Longhorn's own is { v1: "fast-check", v2: "fast-check" }
   */
  snapshotDataIntegrity?: SnapshotDataIntegrity | SnapshotDataIntegrityByEngine;
  /**
   * Hash a snapshot right after it is taken.
   * @default Longhorn's: { v1: false, v2: false }
   */
  snapshotDataIntegrityImmediateCheckAfterSnapshotCreation?: boolean | BooleanByEngine;
  /**
   * Cron schedule for periodic snapshot hashing. Allowed: a schedule that comes, such as "0 0 *\u200b/7 * *".
   * @default Longhorn's: { v1: "0 0 *\/7 * *", v2: "0 0 *\/7 * *" }
   */
  snapshotDataIntegrityCronjob?: string | StringByEngine;
  /**
   * Largest number of snapshots a volume may have (2-250). Allowed: 2 to 250. In the chart from 1.6.1 on.
   * @default Longhorn's: 250
   */
  snapshotMaxCount?: number;
  /**
   * Snapshot count at which the TooManySnapshots condition is raised. Allowed: 2 to 250. In the chart from 1.12.0 on.
   * @default Longhorn's: 100
   */
  snapshotCountWarningThreshold?: number;
  /**
   * Freeze the filesystem while a user snapshot is taken (kernel 5.17 or newer advised); otherwise sync only. In the
   * chart from 1.7.0 on.
   * @default Longhorn's: { v1: false }
   */
  freezeFilesystemForSnapshot?: boolean | BooleanByEngine;
  /**
   * Remove the snapshot behind a backup when that backup is deleted. In the chart from 1.7.0 on.
   * @default Longhorn's: false
   */
  autoCleanupSnapshotWhenDeleteBackup?: boolean;
  /**
   * Remove the snapshot after an on-demand backup finishes. In the chart from 1.9.0 on.
   * @default Longhorn's: false
   */
  autoCleanupSnapshotAfterOnDemandBackupCompleted?: boolean;
  /**
   * Semicolon list of orphan kinds (replica-data, instance) removed automatically; skips down nodes. Allowed:
   * "replica-data", "instance", or both with ";" between, or empty. In the chart from 1.9.0 on.
   * @default "", written always; Longhorn's own is ""
   */
  orphanResourceAutoDeletion?: string;
  /**
   * Seconds an orphan CR is kept before automatic deletion. Allowed: 0 or more. In the chart from 1.9.0 on.
   * @default Longhorn's: 300
   */
  orphanResourceAutoDeletionGracePeriod?: number;
  /**
   * Delete orphaned replica data automatically (replaced by orphan-resource-auto-deletion in 1.9). In the chart 1.5.0 to
   * 1.8.
   * @default Longhorn's: false
   */
  orphanAutoDeletion?: boolean;
  /**
   * JSON object of per-component resource requests/limits for the CSI sidecars and plugin; changing it restarts them.
   * Allowed: an object as JSON, or empty. In the chart from 1.11.0 on. In Longhorn's danger zone: a change restarts
   * parts of it.
   * @default Longhorn's: ""
   */
  systemManagedCSIComponentsResourceLimits?: string;
  /**
   * PriorityClass for manager-created components; the class must exist when the value is set. Allowed: DNS labels with
   * dots between them: lower-case letters, digits, '-' and '.', at most 253, or empty. A change waits until no volume is
   * attached. In Longhorn's danger zone: a change restarts parts of it.
   * @default Longhorn's: ""
   */
  priorityClass?: string;
  /**
   * Number of replicas rebuilt at the same time per node; 0 disables rebuilding, eviction and data locality. Allowed: 0
   * or more. In Longhorn's danger zone: a change restarts parts of it.
   * @default 5, written always; Longhorn's own is 5
   */
  concurrentReplicaRebuildPerNodeLimit?: number;
  /**
   * Percent of a node's allocatable CPU requested by each instance-manager pod; 0 removes the request. Allowed: 0 to 40.
   * A change waits until no volume is attached. Before 1.10.0: a whole number. In the chart from 1.5.2 on. In Longhorn's
   * danger zone: a change restarts parts of it.
   * @default Longhorn's: { v1: 12, v2: 12 }
   */
  guaranteedInstanceManagerCPU?: number | NumberByEngine;
  /**
   * Multus NetworkAttachmentDefinition (namespace/name) for replica traffic; applied only when all volumes are detached.
   * Allowed: the namespace and name of a network attachment definition, or empty. A change waits until no volume is
   * attached. In Longhorn's danger zone: a change restarts parts of it.
   * @default Longhorn's: ""
   */
  storageNetwork?: string;
  /**
   * Multus network for RWX NFS mounts; applied only when RWX volumes are detached. Allowed: the namespace and name of a
   * network attachment definition, or empty. In the chart from 1.11.0 on. In Longhorn's danger zone: a change restarts
   * parts of it.
   * @default Longhorn's: ""
   */
  endpointNetworkForRWXVolume?: string;
  /**
   * Enable the v1 (iSCSI/longhorn-engine) data engine; cannot change with v1 volumes attached. A change waits until no
   * volume is attached. In the chart from 1.6.0 on. In Longhorn's danger zone: a change restarts parts of it.
   * @default Longhorn's: true
   */
  v1DataEngine?: boolean;
  /**
   * Enable the v2 (SPDK) data engine; cannot be turned off with v2 volumes attached; needs huge pages and CPU. A change
   * waits until no volume is attached. In Longhorn's danger zone: a change restarts parts of it.
   * @default Longhorn's: false
   */
  v2DataEngine?: boolean;
  /**
   * Use huge pages for the SPDK target. In the chart from 1.10.0 on. In Longhorn's danger zone: a change restarts parts
   * of it.
   * @default Longhorn's: { v2: true }
   */
  dataEngineHugepageEnabled?: boolean | BooleanByEngine;
  /**
   * Memory (huge page) MiB for the SPDK target. Allowed: 0 or more. In the chart from 1.10.0 on. In Longhorn's danger
   * zone: a change restarts parts of it.
   * @default Longhorn's: { v2: 2048 }
   */
  dataEngineMemorySize?: number | NumberByEngine;
  /**
   * SPDK large iobuf pool count; only values above the default change anything. Allowed: 1024 or more. In the chart from
   * 1.12.1 on. In Longhorn's danger zone: a change restarts parts of it.
   * @default Longhorn's: { v2: 1024 }
   */
  dataEngineIobufLargePoolSize?: number | NumberByEngine;
  /**
   * SPDK small iobuf pool count; only values above the default change anything. Allowed: 8192 or more. In the chart from
   * 1.12.1 on. In Longhorn's danger zone: a change restarts parts of it.
   * @default Longhorn's: { v2: 8192 }
   */
  dataEngineIobufSmallPoolSize?: number | NumberByEngine;
  /**
   * CPU cores (hex mask or list) for the SPDK target; ignored when a core number is set. Allowed: a mask such as "0x3"
   * or a list such as "1-3,5" of CPUs from 0 to 1023. In the chart from 1.10.0 on. In Longhorn's danger zone: a change
   * restarts parts of it.
   * @default Longhorn's: { v2: "0x3" }
   */
  dataEngineCPUMask?: string | StringByEngine;
  /**
   * Exclusive CPU cores for the SPDK target; needs kubelet static CPU policy on all nodes. Allowed: 0 or more. In the
   * chart from 1.12.1 on. In Longhorn's danger zone: a change restarts parts of it.
   * @default Longhorn's: { v2: 0 }
   */
  dataEngineNumberOfCPUCores?: number | NumberByEngine;
  /**
   * Run the SPDK target in interrupt instead of polling mode. In the chart 1.11.3 to 1.11, and from 1.12.1 on. In
   * Longhorn's danger zone: a change restarts parts of it.
   * @default Longhorn's: { v2: false }
   */
  dataEngineInterruptModeEnabled?: boolean | BooleanByEngine;
  /**
   * Move host IRQ/kernel work off the SPDK CPUs. In the chart from 1.12.1 on. In Longhorn's danger zone: a change
   * restarts parts of it.
   * @default Longhorn's: { v2: false }
   */
  dataEngineCPUIsolationEnabled?: boolean | BooleanByEngine;
  /**
   * Stop all snapshot purging for now; may not be true together with auto-cleanup-system-generated-snapshot. In the
   * chart from 1.5.4 on. In Longhorn's danger zone: a change restarts parts of it.
   * @default Longhorn's: false
   */
  disableSnapshotPurge?: boolean;
  /**
   * Seconds between liveness probes of engine-image pods. Allowed: 1 to 60. In the chart from 1.12.0 on. In Longhorn's
   * danger zone: a change restarts parts of it.
   * @default Longhorn's: 5
   */
  engineImagePodLivenessProbePeriod?: number;
  /**
   * Seconds before one engine-image liveness probe counts as failed. Allowed: 1 to 60. In the chart from 1.12.0 on. In
   * Longhorn's danger zone: a change restarts parts of it.
   * @default Longhorn's: 4
   */
  engineImagePodLivenessProbeTimeout?: number;
  /**
   * Failed probes in a row before an engine-image pod restarts. Allowed: 1 to 60. In the chart from 1.12.0 on. In
   * Longhorn's danger zone: a change restarts parts of it.
   * @default Longhorn's: 3
   */
  engineImagePodLivenessProbeFailureThreshold?: number;
  /**
   * Seconds before an instance-manager liveness probe counts as failed. Allowed: 1 to 60. In the chart from 1.10.0 on.
   * In Longhorn's danger zone: a change restarts parts of it.
   * @default Longhorn's: 10
   */
  instanceManagerPodLivenessProbeTimeout?: number;
  /**
   * Host directory for instance-manager log files (v2 only). Allowed: an absolute path, such as "/var/lib/longhorn/". In
   * the chart from 1.10.0 on. In Longhorn's danger zone: a change restarts parts of it.
   * @default Longhorn's: "/var/lib/longhorn/logs/"
   */
  logPath?: string;
  /**
   * Huge page MiB for the v2 engine (read-only in 1.5; replaced by data-engine-memory-size in 1.10). Allowed: 0 or more.
   * In the chart 1.6.0 to 1.9.
   * @default Longhorn's: 1024
   */
  v2DataEngineHugepageLimit?: number;
  /**
   * Millicpu on each node reserved for each v2 instance manager pod; 0 makes no request. Allowed: 0 or more. In the
   * chart 1.6.0 to 1.9.
   * @default Longhorn's: 1250
   */
  v2DataEngineGuaranteedInstanceManagerCPU?: number;
  /**
   * CPU cores on which the SPDK target daemon of the v2 engine runs, as a hexadecimal mask. Allowed: a mask of CPUs,
   * such as "0x3". In the chart 1.8.0 to 1.9.
   * @default Longhorn's: "0x1"
   */
  v2DataEngineCPUMask?: string;
  /**
   * Log level of the SPDK target daemon of the v2 engine. In the chart 1.7.0 to 1.9.
   * @default Longhorn's: "Notice"
   */
  v2DataEngineLogLevel?: V2DataEngineLogLevel;
  /**
   * Log flags of the SPDK target daemon of the v2 engine, comma separated. Allowed: names of log flags with commas
   * between, or empty. In the chart 1.7.0 to 1.9.
   * @default Longhorn's: ""
   */
  v2DataEngineLogFlags?: string;
  /**
   * Whether snapshots of the v2 engine are checksummed, which finds silent corruption. In the chart 1.9.0 to 1.9.
   * @default Longhorn's: "fast-check"
   */
  v2DataEngineSnapshotDataIntegrity?: V2DataEngineSnapshotDataIntegrity;
}
