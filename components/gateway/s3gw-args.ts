import { groupViolations } from "../validation/groups";
import { checkOptional, oneOf } from "../validation/rules";
import type { Violation } from "../validation/violations";
import { LogLevel } from "./log-level";
import { radosgwArgumentViolations } from "./radosgw-arguments";

/** Options of s3gw, whose program is radosgw. */
export interface S3gwArgs {
  /**
   * Log level of radosgw.
   * @default "low"
   */
  logLevel?: LogLevel;
  /**
   * Additional command-line options of radosgw by name, without the leading `--`, such as `{ "rgw-gc-processor-period": "600"
   * }`.
   * @example { "rgw-gc-processor-period": "600" }
   *
   * @see https://docs.ceph.com/en/latest/radosgw/config-ref/
   */
  arguments?: { [key: string]: string };
}

/** Returns the violations of the input `s3gw` of a gateway. */
export function s3gwViolations(s3gw: S3gwArgs | undefined): Violation[] {
  return groupViolations("s3gw", s3gw, ({ logLevel, arguments: given }) => [
    ...checkOptional("logLevel", logLevel, oneOf(LogLevel, LogLevel.Low)),
    ...radosgwArgumentViolations("arguments", given),
  ]);
}
