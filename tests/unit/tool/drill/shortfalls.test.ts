import assert from "node:assert/strict";
import { DrillCase } from "../../../../tool/drill/cases";
import type { DrillReport, DrillRun } from "../../../../tool/drill/report";
import { shortfallsOf } from "../../../../tool/drill/shortfalls";
import { passingReport } from "../drill-reports";

const report = (run: Partial<DrillRun>, other: Partial<DrillReport> = {}): DrillReport => {
  const base = passingReport();
  return { ...base, ...other, runs: base.runs.slice(0, 1).map((one) => ({ ...one, ...run })) };
};
const ledger = (change: Partial<DrillRun["ledger"]>): DrillRun["ledger"] => {
  const [run = assert.fail()] = passingReport().runs;
  return { ...run.ledger, ...change };
};
const partition: Partial<DrillReport> = { case: DrillCase.Partition };

describe("what a drill falls short of", () => {
  it("is nothing where all held", () => {
    assert.deepEqual(shortfallsOf(report({})), []);
  });

  const cases: [what: string, report: DrillReport, texts: string[]][] = [
    ["a store that did not come back", report({ recoverySeconds: undefined }), ["run 1: the store did not recover"]],
    [
      "a dead node that no client noticed",
      report({ failedRequests: 0, recoverySeconds: undefined }),
      ["run 1: no request failed: the client did not notice the failure"],
    ],
    [
      "lost, changed, foreign and unreadable objects",
      report({ ledger: ledger({ lost: ["a", "b", "c", "d"], corrupt: ["e"], phantom: ["f"], unreadable: ["g"] }) }),
      [
        "run 1: 4 acknowledged objects are lost: a, b, c, …",
        "run 1: 1 objects have other content than was written: e",
        "run 1: 1 objects exist that were never sent: f",
        "run 1: 1 objects could not be read: g",
      ],
    ],
    [
      "objects that were not looked at",
      report({ ledger: ledger({ acknowledged: 10, verified: 9 }) }),
      ["run 1: only 9 of 10 acknowledged objects could be verified"],
    ],
    [
      "two that could write",
      report({
        overlaps: [
          { of: "attachments", fromSeconds: 12.34, toSeconds: 20, who: ["attachment to a", "attachment to b"] },
          { of: "processes", fromSeconds: 30, who: ["process 1 of x on a"] },
        ],
      }),
      [
        "run 1: two attachments at the same time, 12.3 s after the fault: attachment to a and attachment to b",
        "run 1: a process that serves although its pod is deleted, 30 s after the fault: process 1 of x on a",
      ],
    ],
    [
      "a criterion, and what could not be put back",
      report(
        {},
        {
          criteria: [
            { text: "max<=20s", value: 48.52, held: false },
            { text: "p95<=20s", held: false },
            { text: "lost<=0", value: 0, held: true },
          ],
          leftovers: ["kubectl uncordon node1: no answer"],
        },
      ),
      [
        "max<=20s was required, but it is 48.5",
        "p95<=20s was required, but it is unknown",
        "not reverted: kubectl uncordon node1: no answer",
      ],
    ],
    [
      "a cut-off gateway whose writes are not all lost, though it was assumed dead",
      report(
        {
          ledger: ledger({ lost: ["a"], isolated: { acknowledged: 2, lost: 1, asExpected: false } }),
          overlaps: [{ of: "processes", fromSeconds: 1, who: ["x", "y"] }],
        },
        partition,
      ),
      [
        "run 1: the isolated gateway acknowledged 2 writes, expected exactly these to be lost; 1 of these are lost, and 1 in total",
      ],
    ],
  ];
  for (const [what, given, texts] of cases) {
    it(`is ${what}`, () => assert.deepEqual(shortfallsOf(given), texts));
  }

  it("is not what a cut-off gateway acknowledged where its node is assumed to be dead, nor that two wrote", () => {
    const isolated = { acknowledged: 2, lost: 2, asExpected: true };
    const overlaps: DrillRun["overlaps"] = [{ of: "processes", fromSeconds: 1, who: ["a", "b"] }];
    const seen = { ledger: ledger({ lost: ["a", "b"], isolated }), overlaps: [] };
    assert.deepEqual(shortfallsOf(report(seen, partition)), [
      "run 1: two gateways wrote to their generations of the volume, but only one process was observed",
    ]);
    const nothing = { acknowledged: 0, lost: 0, asExpected: true };
    assert.deepEqual(shortfallsOf(report({ ledger: ledger({ isolated: nothing }), overlaps }, partition)), [
      "run 1: the isolated gateway acknowledged no write: it was not isolated as intended",
    ]);
    const run = { ledger: ledger({ acknowledged: 9, verified: 7, lost: ["a", "b"], isolated }), overlaps };
    assert.deepEqual(shortfallsOf(report(run, partition)), []);
    const store = { ...passingReport().store, onNodeFailure: "Wait" };
    assert.equal(shortfallsOf(report(run, { ...partition, store })).length, 2);
  });

  it("is on a cluster, whose cut-off gateway nobody asks, what was acknowledged before the cut", () => {
    const seen = (lostBeforeFault?: string[]): Partial<DrillRun> => ({
      ledger: ledger({
        acknowledged: 9,
        verified: 6,
        lost: ["a", "b", "c"],
        ...(lostBeforeFault && { lostBeforeFault }),
      }),
    });
    assert.deepEqual(shortfallsOf(report(seen(["a", "b"]), partition)), [
      "run 1: 2 objects that were acknowledged before the isolation are lost: a, b",
    ]);
    assert.deepEqual(shortfallsOf(report(seen([]), partition)), []);
    // A report of before this was told.
    assert.deepEqual(shortfallsOf(report(seen(), partition)), []);
    assert.deepEqual(shortfallsOf(report(seen(["a", "b"]))), ["run 1: 3 acknowledged objects are lost: a, b, c"]);
  });
});
