export { AccessMode } from "./access-mode";
export type { GatewayVolumeArgs, S3GatewayArgs } from "./args";
export { commonViolations } from "./common-args";
export type { GatewayCommonArgs, VolumeArgs } from "./common-args";
export { gatewayOutputs } from "./outputs";
export { S3Gateway } from "./s3-gateway";
