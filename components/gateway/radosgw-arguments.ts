import { entryViolations, type KeyRule } from "../validation/maps";
import { integer, text, type Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";

/** Arguments that this package sets, and the inputs to use instead. */
const taken: Readonly<Record<string, string>> = {
  "rgw-dns-name": "set dnsNames",
  "debug-rgw": "set gateway.s3gw.logLevel",
  "rgw-sfs-data-path": "the data path is the mount path of the volume",
  "rgw-data": "the data path is the mount path of the volume",
  "rgw-backend-store": "s3gw's store is the only one that does not require a Ceph cluster",
  "rgw-frontends": "the Service, the probes and Pod Security rely on its only port, 7480",
  "rgw-s3gw-enable-telemetry": "telemetry stays off, because its receiver belongs to a discontinued project",
  "rgw-s3gw-telemetry-upgrade-responder-url": "telemetry stays off",
};

/** Boolean option. radosgw accepts the numbers too. */
const flag = text(/^(true|false|1|0)$/, '"true" or "false"', "true");
const whole = (minimum: number, unit: string, example: string): Rule => {
  const number = integer(minimum, Number.MAX_SAFE_INTEGER, unit, Number(example));
  return {
    allowed: `a whole number of ${unit}, at least ${minimum}, as a string such as "${example}"`,
    holds: (value) => typeof value === "string" && /^\d+$/.test(value) && number.holds(Number(value)),
    example,
  };
};

/**
 * Arguments whose values are known. radosgw validates the others.
 *
 * @see facts of s3gw v0.23.0: https://github.com/s3gw-tech/s3gw/tree/v0.23.0/docs
 */
const values: Readonly<Record<string, Rule>> = {
  "rgw-sfs-min-space-left-for-write-ops": whole(0, "bytes", "104857600"),
  "rgw-sfs-stats-update-interval": whole(1, "milliseconds", "10000"),
  "rgw-sfs-wal-checkpoint-passive-frames": whole(1, "frames", "1000"),
  "rgw-sfs-wal-checkpoint-truncate-frames": whole(1, "frames", "4000"),
  "rgw-sfs-wal-checkpoint-use-sqlite-default": flag,
  "rgw-sfs-sqlite-profile": flag,
  "rgw-gc-processor-period": whole(1, "seconds", "3600"),
  "rgw-init-timeout": whole(0, "seconds", "300"),
  "rgw-exit-timeout-secs": whole(0, "seconds", "120"),
  "rgw-thread-pool-size": whole(1, "threads", "512"),
  "rgw-max-concurrent-requests": whole(1, "requests", "1024"),
  "rgw-max-put-size": whole(1, "bytes", "5368709120"),
  "rgw-relaxed-region-enforcement": flag,
  "rgw-healthcheck-disabling-path": text(/^\/\S+$/, "an absolute path", "/data/disable-healthcheck"),
  "rgw-lifecycle-work-time": text(
    /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/,
    'two times of the day in UTC, such as "00:00-06:00"',
    "00:00-06:00",
  ),
};

const anyValue = text(
  /^(?!--)[^\0\r\n]+$/,
  "a non-empty string without line breaks that does not start with --",
  "true",
  4096,
);

/** Returns the violations of radosgw's additional arguments, whose input is `field`. */
export function radosgwArgumentViolations(
  field: string,
  given: Readonly<Record<string, string>> | undefined,
): Violation[] {
  const ruleOf = (name: string): Rule => (Object.hasOwn(values, name) ? values[name] : undefined) ?? anyValue;
  return entryViolations(field, given, optionNames, ruleOf);
}

const optionName = text(
  /^(rgw|debug)(-[a-z0-9]+)+$/,
  'the name of a command-line option of radosgw without the leading --, starting with "rgw-" or "debug-"',
  "rgw-gc-processor-period",
);

const optionNames: KeyRule = { form: optionName, refused: reasonAgainst, nearest: nearestForm };

function reasonAgainst(name: string): string | undefined {
  return Object.hasOwn(taken, name) ? `no argument that this package sets: ${taken[name] ?? ""}` : undefined;
}

/** Returns `rgw-gc-max-objs` for `--rgw_gc_max_objs`. */
function nearestForm(name: string): string | undefined {
  const form = name.replace(/^-+/, "").replaceAll("_", "-").toLowerCase();
  return form !== name && optionName.holds(form) && reasonAgainst(form) === undefined ? form : undefined;
}
