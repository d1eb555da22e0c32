export { AccessMode } from "../access-mode";
export { LabelSelectorOperator, NodeSelectorOperator } from "./affinity-args";
export type {
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
export type { S3GatewayArgs } from "./args";
export type { CredentialsArgs } from "./credentials-args";
export { GatewayEngine } from "./engine";
export type { GatewayArgs } from "./gateway-args";
export type { ImageArgs } from "./image-args";
export type { ImageUpgradeArgs } from "./image-upgrade-args";
export { LogLevel } from "./log-level";
export type { PodArgs } from "./pod-args";
export { RecurringJobTask } from "./recurring-job-args";
export type { RecurringJobArgs } from "./recurring-job-args";
export type { ResourceRequirementsArgs } from "./resources";
export { S3Gateway } from "./s3-gateway";
export type { S3gwArgs } from "./s3gw-args";
export { ServiceType } from "./service-args";
export type { ServiceArgs } from "./service-args";
export { sharedViolations } from "./shared-args";
export type { SharedArgs } from "./shared-args";
export { backupTaskViolations } from "./volume-args";
export type { ExistingVolumeArgs, GatewayVolumeArgs, VolumeArgs } from "./volume-args";
