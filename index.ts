export { adopt } from "./components/adopt";
export { FailoverSpeed, OnNodeFailure } from "./components/failover";
export type { FailoverArgs, PredictedRecovery, PredictionArgs, RecoveryTime } from "./components/failover";
export { NodeFencing, Remediator } from "./components/fencing";
export type { FenceAgentArgs, FencingReference, NodeFencingArgs } from "./components/fencing";
export {
  AccessMode,
  GatewayEngine,
  LabelSelectorOperator,
  LogLevel,
  NodeSelectorOperator,
  RecurringJobTask,
  S3Gateway,
  ServiceType,
} from "./components/gateway";
export type {
  AffinityArgs,
  CredentialsArgs,
  ExistingVolumeArgs,
  GatewayArgs,
  GatewayVolumeArgs,
  ImageArgs,
  ImageUpgradeArgs,
  LabelSelectorArgs,
  LabelSelectorRequirementArgs,
  NodeAffinityArgs,
  NodeSelectorArgs,
  NodeSelectorRequirementArgs,
  NodeSelectorTermArgs,
  PodAffinityArgs,
  PodAffinityTermArgs,
  PodArgs,
  PreferredSchedulingTermArgs,
  RecurringJobArgs,
  ResourceRequirementsArgs,
  S3GatewayArgs,
  S3gwArgs,
  ServiceArgs,
  SharedArgs,
  VolumeArgs,
  WeightedPodAffinityTermArgs,
} from "./components/gateway";
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
  DataLocality,
  FsType,
  Longhorn,
  PodDeletionPolicy,
  ReclaimPolicy,
  ReplicaAutoBalance,
} from "./components/longhorn";
export type {
  BackupCredentialsArgs,
  BackupTargetArgs,
  ChartRepositoryArgs,
  EncryptionArgs,
  LonghornArgs,
  LonghornImagesArgs,
  LonghornPlacementArgs,
  LonghornReference,
  BooleanByEngine,
  DataEngineLogLevelByEngine,
  LonghornSettingsArgs,
  NumberByEngine,
  SnapshotDataIntegrityByEngine,
  StringByEngine,
  StorageClassArgs,
} from "./components/longhorn";
export { ObjectStore } from "./components/object-store";
export type { ObjectStoreArgs } from "./components/object-store-args";
export {
  contractVersion,
  longhornFromStack,
  parseStackOutputs,
  StackReferenceError,
  storeFromStack,
} from "./components/stack-reference";
export type {
  LonghornFromStackOptions,
  LonghornOutputs,
  ReferencedStore,
  StackOutputs,
  StoreCredentials,
  StoreOutputs,
} from "./components/stack-reference";
export { TaintEffect, TolerationOperator } from "./components/tolerations";
export type { TolerationArgs } from "./components/tolerations";
export { InvalidArgsError } from "./components/validation/violations";
export type { Fix, Violation } from "./components/validation/violations";
