import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { CommandContext } from "../../../tool/commands/context";
import { addDrillCompare } from "../../../tool/commands/drill-compare";
import { commandLine } from "../../../tool/commands/program";
import { compareDrills } from "../../../tool/drill/compare";
import { compareText } from "../../../tool/drill/compare-text";
import { medianDifference, medianDifferenceInterval } from "../../../tool/drill/statistics";
import type { DrillReport } from "../../../tool/drill/report";
import { ExitCode, ToolError } from "../../../tool/errors";
import {
  failingReport,
  neverRecoveredReport,
  noOutageReport,
  passingReport,
  reportOf,
  reportWithRecoveries,
  run,
  threeRunsReport,
} from "./drill-reports";

describe("the difference of two medians", () => {
  it("is 0 where both are without end, and without end where one is", () => {
    assert.equal(medianDifference([Infinity], [Infinity, Infinity]), 0);
    assert.equal(medianDifference([1, 2, 3], [Infinity]), Infinity);
    assert.equal(medianDifference([Infinity], [1]), -Infinity);
    assert.equal(medianDifference([1, 2], [4]), 2.5);
  });

  it("has an interval that is the same every time and is the shift where all values are equal", () => {
    const [before, after] = [
      [10, 12, 14, 16, 18],
      [11, 13, 15, 19, 20],
    ];
    assert.deepEqual(medianDifferenceInterval(before, after), medianDifferenceInterval(before, after));
    assert.deepEqual(medianDifferenceInterval([5, 5, 5, 5, 5], [8, 8, 8, 8, 8]), [3, 3]);
    assert.deepEqual(medianDifferenceInterval([Infinity, Infinity], [Infinity, Infinity]), [0, 0]);
  });

  it("lies between the least and the greatest difference that two values have", () => {
    const values = fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(values, values, (before, after) => {
        const [lowest, highest] = medianDifferenceInterval(before, after, 200);
        assert.ok(lowest <= highest);
        assert.ok(lowest >= Math.min(...after) - Math.max(...before));
        assert.ok(highest <= Math.max(...after) - Math.min(...before));
      }),
      { numRuns: 50 },
    );
  });
});

describe("whether a drill became slower", () => {
  const before = reportWithRecoveries([48, 49, 50, 51, 52]);

  it("is decided by the interval where both have five runs", () => {
    const clear = compareDrills(before, reportWithRecoveries([58, 59, 60, 61, 62]));
    assert.deepEqual([clear.slower, clear.decided, clear.recovery.difference], [true, true, 10]);
    assert.ok((clear.interval?.[0] ?? 0) > 0);
    const unclear = compareDrills(before, reportWithRecoveries([45, 49, 51, 53, 60]));
    assert.deepEqual([unclear.slower, unclear.decided, unclear.recovery.difference], [false, true, 1]);
    assert.match(compareText(unclear), /^Not shown to be slower \(\+1\.0 s in the median, with 95 % between /m);
    const faster = compareDrills(reportWithRecoveries([58, 59, 60, 61, 62]), before);
    assert.deepEqual([faster.slower, faster.recovery.difference], [false, -10]);
  });

  it("is the plain difference with fewer runs, which is said to decide nothing", () => {
    const comparison = compareDrills(before, reportWithRecoveries([50.6, 50.8]));
    assert.deepEqual([comparison.slower, comparison.decided, comparison.interval], [true, false, undefined]);
    assert.match(
      compareText(comparison),
      /^SLOWER \(\+0\.7 s in the median\)\.\nToo few runs for a decision \(5 and 2; required: 5 each\)\.$/m,
    );
  });

  it("counts a run in which the store did not come back as longer than any", () => {
    const comparison = compareDrills(passingReport(), neverRecoveredReport());
    assert.equal(comparison.slower, true);
    assert.deepEqual(comparison.recovery, { before: { median: 48.5, maximum: 48.5 }, after: {} });
    assert.deepEqual(comparison.runs, { before: { all: 1, recovered: 1 }, after: { all: 1, recovered: 0 } });
    assert.equal(compareDrills(neverRecoveredReport(), passingReport()).slower, false);
    assert.equal(compareDrills(neverRecoveredReport(), neverRecoveredReport()).slower, false);
    const [lasting] = neverRecoveredReport().runs;
    const mostlyNot = reportOf([
      ...[48, 49].map((seconds, index) => run(index + 1, seconds)),
      ...[3, 4, 5].map((number) => ({ ...(lasting ?? assert.fail()), number })),
    ]);
    assert.equal(compareDrills(before, mostlyNot).decided, true);
    assert.deepEqual(compareDrills(before, mostlyNot).recovery.after, {});
  });
});

describe("what two drills have", () => {
  it("is told stage by stage, and as clients and an application saw it", () => {
    const comparison = compareDrills(passingReport(), threeRunsReport());
    const evicted = comparison.stages.find(({ stage }) => stage === "evicted");
    assert.deepEqual(evicted?.before, { median: 34.9, maximum: 34.9 });
    assert.deepEqual(evicted?.after, { median: 37.5, maximum: 41.3 });
    assert.deepEqual(comparison.outage.after, { median: 51.9, maximum: 57.2 });
    assert.deepEqual(comparison.application.hanging, { before: 1, after: 3 });
    assert.match(compareText(comparison), /recovery +48\.5 s +52\.1 s +\+3\.6 s +48\.5 s +57\.4 s/);
    assert.match(compareText(comparison), /stage: pod evicted \(marked for deletion\) +34\.9 s +37\.5 s +\+2\.6 s/);
  });

  it("counts no outage as none, and leaves out a stage that neither reached", () => {
    const comparison = compareDrills(passingReport(), noOutageReport());
    assert.deepEqual(comparison.outage, {
      before: { median: 48.3, maximum: 48.3 },
      after: { median: 0, maximum: 0 },
      difference: -48.3,
    });
    assert.deepEqual(comparison.stages.find(({ stage }) => stage === "ready")?.after, {});
    assert.deepEqual(compareDrills(noOutageReport(), noOutageReport()).stages, []);
  });

  it("was lost in each run, not in all", () => {
    assert.equal(compareDrills(passingReport(), failingReport()).moreLost, true);
    assert.equal(compareDrills(failingReport(), failingReport()).moreLost, false);
    const [, lossy] = failingReport().runs;
    const often = reportOf(
      Array.from({ length: 4 }, (_, index) => ({ ...(lossy ?? assert.fail()), number: index + 1 })),
    );
    assert.equal(compareDrills(reportOf([lossy ?? assert.fail()]), often).moreLost, false);
    assert.match(
      compareText(compareDrills(passingReport(), failingReport())),
      /^MORE LOST OR CORRUPT in each run: lost 0 before, 12 after; corrupt 0 before, 1 after\.$/m,
    );
  });
});

describe("whether two drills are comparable", () => {
  it("takes the same case, method, profile, failover decision and load", () => {
    const changes: [what: string, change: (report: DrillReport) => void][] = [
      ["case", (report) => (report.case = "partition")],
      ["method", (report) => (report.method.name = "command")],
      ["profile", (report) => delete report.cluster.sandboxProfile],
      ["failover decision", (report) => (report.store.onNodeFailure = "Fence")],
      ["requests per second", (report) => (report.load.perSecond.PUT = 6)],
      ["bytes of an object", (report) => (report.load.objectBytes = 1)],
      ["bytes of a multipart upload", (report) => (report.load.multipartBytes = 1)],
    ];
    assert.equal(compareDrills(passingReport(), passingReport()).comparable, true);
    for (const [what, change] of changes) {
      const other = passingReport();
      change(other);
      const { comparable, differences } = compareDrills(passingReport(), other);
      assert.deepEqual([comparable, differences.map((difference) => difference.what)], [false, [what]]);
    }
  });

  it("does not take the same versions or haste, which may be what is compared", () => {
    const other = passingReport();
    other.cluster.longhornVersion = "1.13.0";
    delete other.store.tolerationSeconds;
    const comparison = compareDrills(passingReport(), other);
    assert.equal(comparison.comparable, true);
    assert.deepEqual(comparison.differences, [
      { what: "toleration", before: "30 s", after: "for ever", forbidsComparison: false },
      { what: "Longhorn", before: "1.12.0", after: "1.13.0", forbidsComparison: false },
    ]);
    assert.match(compareText(comparison), /^Comparable: [\s\S]*Other differences[\s\S]*Longhorn +1\.12\.0 +1\.13\.0/);
    other.case = "partition";
    assert.match(
      compareText(compareDrills(passingReport(), other)),
      /^NOT comparable, because these differ:\n.*\n +case +node-failure +partition\n/,
    );
  });
});

describe("longhorn-s3 drill compare", () => {
  const folder = mkdtempSync(join(tmpdir(), "longhorn-s3-compare-"));
  after(() => rmSync(folder, { recursive: true }));

  function file(name: string, content: unknown): string {
    const path = join(folder, name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  }

  async function compare(...args: string[]): Promise<{ printed: string; code?: number }> {
    const seen: { printed: string; code?: number } = { printed: "" };
    const context: CommandContext = {
      progress: () => assert.fail("a comparison needs no progress"),
      print: (text) => (seen.printed += text),
      end: (code) => (seen.code = code),
      signal: new AbortController().signal,
    };
    const program = await commandLine(context);
    addDrillCompare(program, context);
    await program.parseAsync(["compare", ...args], { from: "user" });
    return seen;
  }

  it("ends with 0 where nothing became worse, and with 1 where it did", async () => {
    const [good, slow, lossy] = [
      file("good.json", passingReport()),
      file("slow.json", threeRunsReport()),
      file("lossy.json", { ...failingReport(), runs: failingReport().runs.slice(0, 1) }),
    ];
    assert.equal((await compare(good, good)).code, ExitCode.Ok);
    assert.equal((await compare(slow, good)).code, ExitCode.Ok);
    assert.equal((await compare(good, slow)).code, ExitCode.FellShort);
    const lost = await compare(good, lossy, "--json");
    const { slower, moreLost } = JSON.parse(lost.printed) as ReturnType<typeof compareDrills>;
    assert.deepEqual([lost.code, slower, moreLost], [ExitCode.FellShort, false, true]);
  });

  it("refuses files that are no reports, both at once", async () => {
    const [missing, broken] = [join(folder, "missing.json"), file("broken.json", "{")];
    await assert.rejects(compare(missing, broken), (error: unknown) => {
      assert.ok(error instanceof ToolError);
      assert.equal(error.exitCode, ExitCode.Refused);
      assert.match(error.message, /missing\.json cannot be read: ENOENT.*\n.*broken\.json is not valid JSON: /);
      return true;
    });
  });
});
