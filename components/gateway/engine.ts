/** Program that serves S3 in the gateway's pod. */
export const GatewayEngine = {
  /** radosgw with the sfs backend. */
  S3gw: "S3gw",
} as const;

export type GatewayEngine = (typeof GatewayEngine)[keyof typeof GatewayEngine];
