import { entryViolations, type KeyRule } from "../validation/maps";
import { integer, text, type Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";

/** Arguments that this package gives itself, with what to do instead. */
const taken: Readonly<Record<string, string>> = {
  "rgw-dns-name": "the names go into dnsNames",
  "debug-rgw": "the level goes into gateway.s3gw.logLevel",
  "rgw-sfs-data-path": "the data is where the volume is mounted",
  "rgw-data": "the data is where the volume is mounted",
  "rgw-backend-store": "s3gw's store is the only one without a Ceph cluster",
  "rgw-frontends": "Service, probes and Pod Security count on its one port, 7480",
  "rgw-s3gw-enable-telemetry": "it stays off: its receiver belongs to a project that has ended",
  "rgw-s3gw-telemetry-upgrade-responder-url": "telemetry stays off",
};

const flag = text(/^(true|false)$/, '"true" or "false"', "true");
const whole = (minimum: number, unit: string, example: string): Rule => {
  const number = integer(minimum, Number.MAX_SAFE_INTEGER, unit, Number(example));
  return {
    allowed: `a whole number of ${unit} from ${minimum} on, as a text such as "${example}"`,
    holds: (value) => typeof value === "string" && /^\d+$/.test(value) && number.holds(Number(value)),
    example,
  };
};

/**
 * Arguments of which is known what they take; of the rest radosgw itself says whether it takes them.
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
  "a text of one line that is not empty and does not begin with --",
  "true",
  4096,
);

/** Returns what is wrong with radosgw's further arguments, whose input is `field`. */
export function radosgwArgumentViolations(
  field: string,
  given: Readonly<Record<string, string>> | undefined,
): Violation[] {
  return entryViolations(field, given, optionNames, (name) => values[name] ?? anyValue);
}

const optionName = text(
  /^(rgw|debug)(-[a-z0-9]+)+$/,
  'an option of radosgw as its command line has it, without the leading --, beginning with "rgw-" or "debug-"',
  "rgw-gc-processor-period",
);

const optionNames: KeyRule = { form: optionName, refused: reasonAgainst, nearest: nearestForm };

function reasonAgainst(name: string): string | undefined {
  return Object.hasOwn(taken, name) ? `no argument that this package gives: ${taken[name] ?? ""}` : undefined;
}

/** `--rgw_gc_max_objs` was meant as `rgw-gc-max-objs`. */
function nearestForm(name: string): string | undefined {
  const form = name.replace(/^-+/, "").replaceAll("_", "-").toLowerCase();
  return form !== name && optionName.holds(form) && reasonAgainst(form) === undefined ? form : undefined;
}
