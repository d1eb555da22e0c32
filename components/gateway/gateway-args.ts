import { groupViolations } from "../validation/groups";
import { checkOptional, oneOf } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { credentialsViolations, type CredentialsArgs } from "./credentials-args";
import { GatewayEngine } from "./engine";
import { imageViolations, type ImageArgs } from "./image-args";
import { s3gwViolations, type S3gwArgs } from "./s3gw-args";

/** S3 engine: its image, its options and its first user. */
export interface GatewayArgs {
  /**
   * Program that serves S3.
   * @default "S3gw"
   */
  engine?: GatewayEngine;
  /** Image of the engine. */
  image?: ImageArgs;
  /** Options of s3gw. */
  s3gw?: S3gwArgs;
  /**
   * Keys of the first user.
   * @default generated
   */
  credentials?: CredentialsArgs;
}

/** Returns the violations of the input `gateway`. */
export function gatewayGroupViolations(gateway: GatewayArgs | undefined): Violation[] {
  return groupViolations("gateway", gateway, ({ engine, image, s3gw, credentials }) => [
    ...checkOptional("engine", engine, oneOf(GatewayEngine, GatewayEngine.S3gw)),
    ...imageViolations(image),
    ...s3gwViolations(s3gw),
    ...credentialsViolations(credentials),
  ]);
}
