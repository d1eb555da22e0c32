import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parseDrillReport, violationsOf } from "../../../tool/drill/parse-report";
import { ExitCode, ToolError } from "../../../tool/errors";
import { requestKinds } from "../../../tool/s3/attempt";
import { repositoryDirectory } from "../../../tool/repository";
import {
  failingReport,
  neverRecoveredReport,
  noOutageReport,
  passingReport,
  reportOf,
  run,
  threeRunsReport,
} from "./drill-reports";

const reports = { passingReport, threeRunsReport, failingReport, neverRecoveredReport, noOutageReport };

function refusal(text: string): string {
  try {
    parseDrillReport(text, "a.json");
  } catch (error) {
    assert.ok(error instanceof ToolError);
    assert.equal(error.exitCode, ExitCode.Refused);
    return error.message;
  }
  return assert.fail("was not refused");
}

describe("the schema of a drill's report", () => {
  for (const [name, make] of Object.entries(reports)) {
    it(`takes the ${name}, which reads back as it was`, () => {
      assert.deepEqual(parseDrillReport(JSON.stringify(make()), "a.json"), make());
    });
  }

  it("takes reports of any numbers of runs and requests", () => {
    const seconds = fc.double({ min: 1, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(seconds, { maxLength: 5 }),
        fc.array(fc.nat(50), { maxLength: 20 }),
        (recoveries, counts) => {
          const runs = recoveries.map((recovery, index) => ({
            ...run(index + 1, recovery),
            requests: counts.map((count, second) => ({
              second: second - 5,
              counts: { PUT: [count, 1] as [number, number] },
            })),
          }));
          const report = { ...reportOf(runs), criteria: [] };
          assert.deepEqual(violationsOf(JSON.parse(JSON.stringify(report))), []);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("takes fields that a later longhorn-s3 adds", () => {
    assert.deepEqual(violationsOf({ ...passingReport(), later: 1 }), []);
  });

  it("knows every kind of request", () => {
    const text = readFileSync(join(repositoryDirectory, "tool/drill/report-schema.json"), "utf8");
    const { properties } = JSON.parse(text) as {
      properties: { load: { properties: { perSecond: { required: string[] } } } };
    };
    assert.deepEqual(properties.load.properties.perSecond.required, [...requestKinds]);
  });
});

describe("a drill's report that is refused", () => {
  it("is not valid JSON, no report, or one of another version", () => {
    assert.match(refusal("{"), /^a\.json is not valid JSON: /);
    for (const text of ["[]", "null", "1", "{}"]) {
      assert.equal(refusal(text), `a.json is not the report of a drill: it has no "drillVersion".`);
    }
    assert.equal(
      refusal(JSON.stringify({ ...passingReport(), drillVersion: 2 })),
      "a.json has the drillVersion 2; this longhorn-s3 supports 1: run the drill again, or use the longhorn-s3 that wrote it.",
    );
  });

  it("is told with all that is wrong, one sentence each", () => {
    const report = JSON.parse(JSON.stringify(failingReport())) as Record<string, never> & {
      store: Record<string, unknown>;
      runs: [Record<string, unknown>, Record<string, unknown>];
      predicted: unknown;
    };
    delete report.store["name"];
    report.runs[0]["recoverySeconds"] = "soon";
    report.runs[1]["overlaps"] = [{ of: "nodes", fromSeconds: 1, who: [] }];
    report.runs[1]["requests"] = [{ second: 1.5, counts: { HEAD: [1, 0], PUT: [1] } }];
    report.predicted = { p50: 1, p95: 2 };
    assert.deepEqual(refusal(JSON.stringify(report)).split("\n").sort(), [
      "a.json: predicted.p99 is missing.",
      'a.json: runs[0].recoverySeconds must be number, and is "soon".',
      'a.json: runs[1].overlaps[0].of must be one of pods, attachments, processes, and is "nodes".',
      "a.json: runs[1].requests[0].counts.HEAD is not a field of a report.",
      "a.json: runs[1].requests[0].counts.PUT must NOT have fewer than 2 items, and is [1].",
      "a.json: runs[1].requests[0].second must be integer, and is 1.5.",
      "a.json: store.name is missing.",
    ]);
  });
});
