import assert from "node:assert/strict";
import fc from "fast-check";
import {
  recurringJobName,
  recurringJobViolations,
  RecurringJobTask,
  type RecurringJobArgs,
} from "../../../components/gateway/recurring-job-args";
import { recurringJobLabels } from "../../../components/gateway/recurring-jobs";
import { backupTaskViolations } from "../../../components/gateway/volume-args";
import { violationText } from "../../../components/validation/violations";

const daily: RecurringJobArgs = { name: "daily", task: "backup", cron: "30 2 * * *" };
const violations = (jobs: object[], serviceName = "photos") =>
  recurringJobViolations("volume.recurringJobs", serviceName, jobs as RecurringJobArgs[]);
const fieldsOf = (...jobs: object[]) => violations(jobs).map(({ field }) => field.replace("volume.recurringJobs", ""));

describe("the recurring jobs of a volume", () => {
  it("need a name, a task and a schedule", () => {
    assert.deepEqual(fieldsOf(daily, { ...daily, name: "weekly", cron: "@weekly", retain: 250, concurrency: 1 }), []);
    assert.deepEqual(fieldsOf({}), ["[0].name", "[0].task", "[0].cron"]);
  });

  it("are refused one by one, by their place in the list", () => {
    const bad = { name: "Daily", task: "system-backup", cron: "daily", retain: 0, concurrency: 0 };
    assert.deepEqual(
      fieldsOf(daily, bad),
      ["name", "task", "cron", "retain", "concurrency"].map((field) => `[1].${field}`),
    );
    for (const retain of [0, 251, 1.5, "7"]) assert.deepEqual(fieldsOf({ ...daily, retain }), ["[0].retain"]);
    for (const concurrency of [0, 101, "1"]) assert.deepEqual(fieldsOf({ ...daily, concurrency }), ["[0].concurrency"]);
  });

  it("have names of their own", () => {
    const [violation, ...more] = violations([daily, { ...daily, task: "snapshot" }]);
    assert.equal(more.length, 0);
    assert.equal(violation?.field, "volume.recurringJobs[1].name");
    assert.deepEqual(violation.fixes, [{ field: "volume.recurringJobs[1].name", value: "daily-2" }]);
  });

  it("say what is wrong with a schedule", () => {
    assert.deepEqual(
      violations([{ ...daily, cron: "0 25 * * *" }]).map((one) => violationText(one)),
      [
        [
          '  volume.recurringJobs[0].cron: got "0 25 * * *"; allowed: five fields (minute, hour, day of month, month, day ' +
            'of week) or a macro such as "@daily"; its hour is "25", not a range within 0 to 23',
          '    fix: volume.recurringJobs[0].cron: "30 2 * * *" (every night at 2:30)',
        ].join("\n"),
      ],
    );
  });

  it("keep nothing where they make nothing to keep", () => {
    const trim = { name: "trim", task: "filesystem-trim", cron: "@weekly" };
    assert.deepEqual(fieldsOf(trim), []);
    assert.deepEqual(fieldsOf({ ...trim, retain: 1 }), ["[0].retain"]);
  });

  it("have names that are as long as Longhorn takes them, with the Service's before", () => {
    const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
    fc.assert(
      fc.property(label, label, (serviceName, name) => {
        const refused = violations([{ ...daily, name }], serviceName).length > 0;
        assert.equal(refused, recurringJobName(serviceName, name).length > 40);
      }),
    );
  });

  it("have no room for a name behind a very long one of the Service", () => {
    const [violation] = violations([daily], "s".repeat(40));
    assert.match(violation?.allowed ?? "", /at most 0 characters, because/);
    assert.deepEqual(
      violation?.fixes.map(({ field }) => field),
      ["service.name"],
    );
  });

  it("retain nothing where Longhorn keeps nothing", () => {
    for (const task of ["filesystem-trim", "snapshot-cleanup"]) {
      assert.deepEqual(fieldsOf({ ...daily, task }), []);
      assert.deepEqual(fieldsOf({ ...daily, task, retain: 1 }), ["[0].retain"]);
    }
    for (const task of ["snapshot-delete", "snapshot-force-create", "backup-force-create"]) {
      assert.deepEqual(fieldsOf({ ...daily, task, retain: 5 }), []);
    }
  });

  it("are told to Longhorn by labels of the claim", () => {
    assert.deepEqual(recurringJobLabels("photos", []), {});
    assert.deepEqual(recurringJobLabels("photos", [daily, { ...daily, name: "trim" }]), {
      "recurring-job.longhorn.io/source": "enabled",
      "recurring-job.longhorn.io/photos-daily": "enabled",
      "recurring-job.longhorn.io/photos-trim": "enabled",
    });
  });

  it("back up nothing without a backup target", () => {
    const jobs = Object.values(RecurringJobTask).map((task) => ({ ...daily, name: task, task }));
    const refused = backupTaskViolations({ size: "1Gi", recurringJobs: jobs }, "longhorn.backup", {
      target: "s3://b@r/",
    });
    assert.deepEqual(
      refused.map(({ got }) => got),
      ["backup", "backup-force-create"],
    );
    assert.deepEqual(
      refused[0]?.fixes.map(({ field, value }) => [field, value]),
      [
        ["longhorn.backup", { target: "s3://b@r/" }],
        ["volume.recurringJobs[1].task", "snapshot"],
      ],
    );
    assert.deepEqual(backupTaskViolations(undefined, "longhorn.backup", {}), []);
  });
});
