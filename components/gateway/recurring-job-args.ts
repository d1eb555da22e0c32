import { check, checkOptional, integer, oneOf, text } from "../validation/rules";
import type { Fix, Violation } from "../validation/violations";
import { cronFault } from "../validation/cron";

/** What a recurring job does with the volume. */
export const RecurringJobTask = {
  /** Takes a snapshot, which lies in the volume's own replicas: it helps against a mistake, not against a loss. */
  Snapshot: "snapshot",
  /** Takes a snapshot and copies it to Longhorn's backup target. */
  Backup: "backup",
  /** Gives the space of deleted files back to the disks. */
  FilesystemTrim: "filesystem-trim",
  /** As `Snapshot`, even if nothing was written since the last one. */
  SnapshotForceCreate: "snapshot-force-create",
  /** Deletes the oldest snapshots beyond `retain`. */
  SnapshotDelete: "snapshot-delete",
  /** Removes the snapshots that Longhorn created for itself and no longer needs. */
  SnapshotCleanup: "snapshot-cleanup",
  /** As `Backup`, even if nothing was written since the last one. */
  BackupForceCreate: "backup-force-create",
} as const;

export type RecurringJobTask = (typeof RecurringJobTask)[keyof typeof RecurringJobTask];

/**
 * What Longhorn does with the volume again and again. As soon as a volume has a job of its own, the jobs of Longhorn's group
 * `default` no longer act on it.
 *
 * @see https://longhorn.io/docs/latest/snapshots-and-backups/scheduling-backups-and-snapshots/
 */
export interface RecurringJobArgs {
  /**
   * Name among the jobs of the store; Longhorn's job is `<service.name>-<name>`, at most 40 characters.
   * @example "nightly"
   */
  name: string;
  /**
   * Task of the job.
   * @example "backup"
   */
  task: RecurringJobTask;
  /**
   * When: minute, hour, day of month, month and day of week, as in `30 2 * * *`, or a word such as `@daily`. In the time zone of
   * the control plane, which mostly is UTC.
   * @example "0 2 * * *"
   */
  cron: string;
  /**
   * Number of snapshots or backups of this job to keep, 1 to 250; not for `filesystem-trim` and `snapshot-cleanup`. For more than 100,
   * increase Longhorn's setting `recurring-job-max-retention`.
   * @default 7
   */
  retain?: number;
  /**
   * How many volumes Longhorn works on at the same time for this job, of which a store has one.
   * @default 1
   */
  concurrency?: number;
}

/** A week of daily ones. */
export const defaultRetain = 7;

/** Longhorn's limit, which is that of the snapshots of a volume. */
const mostRetained = 250;

/** Longhorn's limit of the name of a recurring job. */
const longestName = 40;

/** Name of Longhorn's object of a job. All stores have theirs in one namespace. */
export function recurringJobName(serviceName: string, name: string): string {
  return `${serviceName}-${name}`;
}

/** Everything that is wrong with the recurring jobs of a volume, whose input is `field`. */
export function recurringJobViolations(
  field: string,
  serviceName: string,
  jobs: readonly RecurringJobArgs[],
): Violation[] {
  return [
    ...jobs.flatMap((job, index) => jobViolations(`${field}[${index}]`, serviceName, job)),
    ...jobs.flatMap(({ name }, index) => nameTwice(`${field}[${index}].name`, name, jobs.slice(0, index))),
  ];
}

function jobViolations(field: string, serviceName: string, job: RecurringJobArgs): Violation[] {
  return [
    ...nameViolations(`${field}.name`, serviceName, job.name),
    ...check(`${field}.task`, job.task, oneOf(RecurringJobTask, RecurringJobTask.Backup)),
    ...cronViolations(`${field}.cron`, job.cron),
    ...(keepsNothing(job.task)
      ? nothingToRetain(`${field}.retain`, job.task, job.retain)
      : checkOptional(`${field}.retain`, job.retain, integer(1, mostRetained, "snapshots or backups", defaultRetain))),
    ...checkOptional(`${field}.concurrency`, job.concurrency, integer(1, 100, "volumes", 1)),
  ];
}

function nameViolations(field: string, serviceName: string, name: unknown): Violation[] {
  const longest = longestName - recurringJobName(serviceName, "").length;
  const allowed =
    "a DNS label: lower-case letters, digits and '-', first and last no '-'; at most " +
    `${Math.max(longest, 0)}, since Longhorn's job is named "${recurringJobName(serviceName, "<name>")}" and may have ${longestName} characters`;
  const violations = check(field, name, text(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, allowed, "daily", longest));
  const shorter: Fix = {
    field: "service.name",
    value: "store",
    note: "it also is the name that clients reach the store by",
  };
  return violations.map((one) => (longest < "daily".length ? { ...one, fixes: [shorter] } : one));
}

function cronViolations(field: string, cron: unknown): Violation[] {
  const fault = typeof cron === "string" ? cronFault(cron) : "it is no text";
  if (fault === undefined) return [];
  const allowed = `five fields (minute, hour, day of month, month, day of week) or a word such as "@daily"; ${fault}`;
  return [{ field, got: cron, allowed, fixes: [{ field, value: "30 2 * * *", note: "every night at half past two" }] }];
}

/** Reports whether a task has nothing to retain: Longhorn's webhook then sets 0. */
export function keepsNothing(task: RecurringJobTask): boolean {
  return task === RecurringJobTask.FilesystemTrim || task === RecurringJobTask.SnapshotCleanup;
}

/** Reports whether a task copies to the backup target. */
export function backsUp(task: RecurringJobTask): boolean {
  return task === RecurringJobTask.Backup || task === RecurringJobTask.BackupForceCreate;
}

function nothingToRetain(field: string, task: RecurringJobTask, retain: unknown): Violation[] {
  if (retain === undefined) return [];
  return [{ field, got: retain, allowed: `nothing with the task "${task}", which keeps nothing`, fixes: [{ field }] }];
}

function nameTwice(field: string, name: string, before: readonly RecurringJobArgs[]): Violation[] {
  if (!before.some((other) => other.name === name)) return [];
  return [{ field, got: name, allowed: "a name that no job before it has", fixes: [{ field, value: `${name}-2` }] }];
}
