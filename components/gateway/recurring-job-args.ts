import { check, checkOptional, integer, oneOf, text } from "../validation/rules";
import type { Fix, Violation } from "../validation/violations";
import { cronFault } from "../validation/cron";

/** Task of a recurring job. */
export const RecurringJobTask = {
  /**
   * Takes a snapshot, which is stored in the replicas of the volume: it protects against mistakes, not against the loss of the
   * volume.
   */
  Snapshot: "snapshot",
  /** Takes a snapshot and copies it to Longhorn's backup target. */
  Backup: "backup",
  /** Returns the space of deleted files to the disks. */
  FilesystemTrim: "filesystem-trim",
  /** Same as `Snapshot`, even if the volume has not changed since the last one. */
  SnapshotForceCreate: "snapshot-force-create",
  /** Deletes the oldest snapshots beyond `retain`. */
  SnapshotDelete: "snapshot-delete",
  /** Removes snapshots that Longhorn created internally and no longer needs. */
  SnapshotCleanup: "snapshot-cleanup",
  /** Same as `Backup`, even if the volume has not changed since the last one. */
  BackupForceCreate: "backup-force-create",
} as const;

export type RecurringJobTask = (typeof RecurringJobTask)[keyof typeof RecurringJobTask];

/**
 * Recurring job of Longhorn for the volume. If a volume has its own jobs, those of Longhorn's group `default` no longer apply
 * to it.
 *
 * @see https://longhorn.io/docs/latest/snapshots-and-backups/scheduling-backups-and-snapshots/
 */
export interface RecurringJobArgs {
  /**
   * Name of the job, unique in the store. Longhorn's RecurringJob is named `<service.name>-<name>`, with at most 40 characters.
   * @example "nightly"
   */
  name: string;
  /**
   * Task of the job.
   * @example "backup"
   */
  task: RecurringJobTask;
  /**
   * Schedule in cron syntax: minute, hour, day of month, month and day of week, such as `30 2 * * *`, or a macro such as
   * `@daily`. In the time zone of the control plane, which is usually UTC.
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
   * Number of volumes that Longhorn processes concurrently for this job. A store has one volume.
   * @default 1
   */
  concurrency?: number;
}

/** Keeps a week of daily snapshots or backups. */
export const defaultRetain = 7;

/** Longhorn's maximum for `retain`, which equals its limit on snapshots per volume. */
const mostRetained = 250;

/** Longhorn's limit for the name of a recurring job. */
const longestName = 40;

/** Returns the name of Longhorn's RecurringJob. The jobs of all stores are in one namespace. */
export function recurringJobName(serviceName: string, name: string): string {
  return `${serviceName}-${name}`;
}

/** Returns the violations of the recurring jobs of a volume, whose input is `field`. */
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
    "a DNS label: lower-case letters, digits and '-', not starting or ending with '-'; at most " +
    `${Math.max(longest, 0)} characters, because Longhorn's job is named "${recurringJobName(serviceName, "<name>")}" and can have ${longestName}`;
  const violations = check(field, name, text(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, allowed, "daily", longest));
  const shorter: Fix = {
    field: "service.name",
    value: "store",
    note: "this is also the DNS name of the store",
  };
  return violations.map((one) => (longest < "daily".length ? { ...one, fixes: [shorter] } : one));
}

function cronViolations(field: string, cron: unknown): Violation[] {
  const fault = typeof cron === "string" ? cronFault(cron) : "it is not a string";
  if (fault === undefined) return [];
  const allowed = `five fields (minute, hour, day of month, month, day of week) or a macro such as "@daily"; ${fault}`;
  return [{ field, got: cron, allowed, fixes: [{ field, value: "30 2 * * *", note: "every night at 2:30" }] }];
}

/** Reports whether a task retains nothing. Longhorn's webhook then sets `retain` to 0. */
export function keepsNothing(task: RecurringJobTask): boolean {
  return task === RecurringJobTask.FilesystemTrim || task === RecurringJobTask.SnapshotCleanup;
}

/** Reports whether a task copies to the backup target. */
export function backsUp(task: RecurringJobTask): boolean {
  return task === RecurringJobTask.Backup || task === RecurringJobTask.BackupForceCreate;
}

function nothingToRetain(field: string, task: RecurringJobTask, retain: unknown): Violation[] {
  if (retain === undefined) return [];
  return [{ field, got: retain, allowed: `unset with the task "${task}", which retains nothing`, fixes: [{ field }] }];
}

function nameTwice(field: string, name: string, before: readonly RecurringJobArgs[]): Violation[] {
  if (!before.some((other) => other.name === name)) return [];
  return [{ field, got: name, allowed: "a name that no other job has", fixes: [{ field, value: `${name}-2` }] }];
}
