export { AccessMode } from "../access-mode";
export type { S3GatewayArgs } from "./args";
export { commonViolations } from "./common-args";
export type { GatewayCommonArgs } from "./common-args";
export { SelectorOperator } from "./affinity-args";
export type {
  AffinityArgs,
  LabelRequirementArgs,
  LabelSelectorArgs,
  NodeAffinityArgs,
  NodeSelectorArgs,
  NodeSelectorTermArgs,
  PodAffinityArgs,
  PodAffinityTermArgs,
  PreferredNodeArgs,
  PreferredPodsArgs,
} from "./affinity-args";
export { LogLevel } from "./log-level";
export type { GatewayPodArgs } from "./pod-args";
export type { ResourcesArgs } from "./resources";
export { ServiceType } from "./service-args";
export type { ServiceArgs } from "./service-args";
export type { ImageChangeArgs } from "./image-change-args";
export type { CredentialsArgs } from "./credentials-args";
export { RecurringJobTask } from "./recurring-job-args";
export type { RecurringJobArgs } from "./recurring-job-args";
export { gatewayOutputs, S3Gateway } from "./s3-gateway";
export { backupTaskViolations } from "./volume-args";
export type { ExistingVolumeArgs, GatewayVolumeArgs, VolumeArgs } from "./volume-args";
