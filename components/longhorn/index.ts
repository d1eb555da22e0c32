export { longhornDefaults, longhornViolations } from "./args";
export type { LonghornArgs } from "./args";
export type { BackupCredentialsArgs, BackupTargetArgs } from "./backup-args";
export type { ChartRepositoryArgs } from "./chart-source";
export type { LonghornImagesArgs } from "./images";
export { Longhorn } from "./longhorn";
export { longhornNamespace } from "./longhorn-namespace";
export type { LonghornPlacementArgs } from "./placement";
export { isVersion } from "./version";
export { PodDeletionPolicy } from "./pod-deletion-policy";
export { referenceTo, referenceViolations, replicasOf } from "./reference";
export type { LonghornReference } from "./reference";
export { DataLocality, FsType, ReclaimPolicy, ReplicaAutoBalance } from "./storage-class-args";
export type { EncryptionArgs, StorageClassArgs } from "./storage-class-args";
export {
  BackupCompressionMethod,
  DataEngineLogLevel,
  DefaultDataLocality,
  DefaultReplicaAutoBalance,
  LonghornLogLevel,
  NodeDrainPolicy,
  SnapshotDataIntegrity,
  SystemManagedPodsImagePullPolicy,
  V2DataEngineLogLevel,
  V2DataEngineSnapshotDataIntegrity,
} from "./settings/settings-args";
export type {
  BooleanByEngine,
  DataEngineLogLevelByEngine,
  LonghornSettingsArgs,
  NumberByEngine,
  SnapshotDataIntegrityByEngine,
  StringByEngine,
} from "./settings/settings-args";
