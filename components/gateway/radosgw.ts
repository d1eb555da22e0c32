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
 * radosgw's arguments, as the image's wrapper would put them.
 *
 * @param dnsNames every name that clients use: any other Host that could be the name of a bucket is taken for one
 */
export function radosgwArguments(dnsNames: readonly string[]): string[] {
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
    // With an access log.
    ...["--debug-rgw", "1"],
  ];
}

/** Every name of a Service inside its cluster, the longest last, and that of a forwarded port. */
export function dnsNamesOf(serviceName: string, namespace: string, clusterDomain: string): string[] {
  const inNamespace = `${serviceName}.${namespace}`;
  return ["localhost", serviceName, inNamespace, `${inNamespace}.svc`, `${inNamespace}.svc.${clusterDomain}`];
}
