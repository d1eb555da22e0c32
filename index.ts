export { adopt } from "./components/adopt";
export { OnNodeFailure } from "./components/failover";
export type { FailoverArgs } from "./components/failover";
export { AccessMode, RecurringJobTask, S3Gateway } from "./components/gateway";
export type {
  CredentialsArgs,
  ExistingVolumeArgs,
  GatewayCommonArgs,
  GatewayVolumeArgs,
  ImageChangeArgs,
  RecurringJobArgs,
  S3GatewayArgs,
  VolumeArgs,
} from "./components/gateway";
export { DataLocality, Longhorn, PodDeletionPolicy } from "./components/longhorn";
export type { LonghornArgs, LonghornReference, StorageClassArgs } from "./components/longhorn";
export { ObjectStore } from "./components/object-store";
export type { ObjectStoreArgs } from "./components/object-store-args";
export { InvalidArgsError } from "./components/violations";
export type { Fix, Violation } from "./components/violations";
