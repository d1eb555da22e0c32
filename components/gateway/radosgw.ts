import type { ResolvedS3GatewayArgs } from "./args";
import { debugLevels } from "./log-level";

/** Where the volume is mounted. */
export const dataPath = "/data";

/** Port of S3, AdminOps and the health check. */
export const s3Port = 7480;

/**
 * The container's command. radosgw has to be PID 1: the image's own wrapper ends at once when it is told to stop, and then
 * radosgw is killed at every stop. The limit of open files is raised on the way, as each request needs several and container
 * runtimes may set 1024. The arguments come behind as they are; the shell reads none of them.
 */
export const command = [
  "bash",
  "-c",
  'ulimit -Sn 65536 2>/dev/null || ulimit -Sn hard; exec /s3gw/bin/radosgw "$@"',
  "radosgw",
];

/**
 * radosgw's arguments, as the image's wrapper would put them, and those of the user's own. Its DNS names are all that clients use:
 * any other Host that could be the name of a bucket is taken for one.
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
    ...Object.entries(s3gwArguments).flatMap(([name, value]) => [`--${name}`, value]),
  ];
}
