import type { ResolvedS3GatewayArgs } from "./args";
import { debugLevels } from "./log-level";
import { verbatim } from "./verbatim";

/** Mount path of the volume. */
export const dataPath = "/data";

/** Port of S3, AdminOps and the health check. */
export const s3Port = 7480;

/**
 * Command of the container. radosgw must be PID 1: the image's wrapper exits immediately on SIGTERM, and radosgw would be
 * killed at every stop. The limit of open files is raised first: each request needs several, and container runtimes may set
 * 1024. The arguments follow unchanged; the shell does not interpret them.
 */
export const command = [
  "bash",
  "-c",
  'ulimit -Sn 65536 2>/dev/null || ulimit -Sn hard; exec /s3gw/bin/radosgw "$@"',
  "radosgw",
];

/**
 * Returns radosgw's arguments, those of the image's wrapper and the user-defined ones. The DNS names must include all that
 * clients use: radosgw interprets any other Host header that could be the name of a bucket as a bucket.
 */
export function radosgwArguments(resolved: ResolvedS3GatewayArgs): string[] {
  const { dnsNames, logLevel, s3gwArguments } = resolved;
  return [
    "-d",
    ...["--id", "s3gw"],
    "--no-mon-config",
    ...["--rgw-data", `${dataPath}/`],
    ...["--run-dir", "/run/"],
    ...["--rgw-sfs-data-path", dataPath],
    ...["--rgw-backend-store", "sfs"],
    // Without "status": that port has no authentication.
    ...["--rgw-frontends", `beast port=${s3Port}`],
    ...["--rgw-dns-name", dnsNames.join(", ")],
    ...["--rgw-s3gw-enable-telemetry", "false"],
    ...["--debug-rgw", String(debugLevels[logLevel])],
    ...Object.entries(s3gwArguments).flatMap(([name, value]) => [`--${name}`, verbatim(value)]),
  ];
}
