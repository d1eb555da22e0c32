import assert from "node:assert/strict";
import fc from "fast-check";
import { judge, parseCriteria } from "../../../../tool/drill/criteria";
import type { DrillSummary } from "../../../../tool/drill/report";

const summary: DrillSummary = {
  runs: 3,
  recovered: 3,
  recoverySeconds: { minimum: 100, median: 130, p95: 190, maximum: 200 },
  outageSeconds: { minimum: 90, median: 120, p95: 180, maximum: 190 },
  ...{ acknowledged: 1000, lost: 2, corrupt: 0, phantom: 0, overlaps: 1 },
};

describe("pass criteria of a drill", () => {
  it("are read as they are written, with units", () => {
    assert.deepEqual(parseCriteria("max<=200s, median <= 2 min,lost<=0"), [
      { text: "max<=200s", quantity: "max", limit: 200 },
      { text: "median <= 2 min", quantity: "median", limit: 120 },
      { text: "lost<=0", quantity: "lost", limit: 0 },
    ]);
  });

  it("that cannot be read are all named, with what is possible", () => {
    assert.throws(() => parseCriteria("max<200s,mean<=3s,lost<=0"), {
      name: "RangeError",
      message:
        '"max<200s", "mean<=3s": expected one of min, median, p95, max, outage-median, outage-max, lost, corrupt, phantom, overlaps, ' +
        'then "<=" and a number, for times with s or min, such as "max<=200s,lost<=0"',
    });
  });

  it("need a unit for a time, and none for a count", () => {
    for (const text of ["max<=200", "lost<=0s", "", "toString<=1s"])
      assert.throws(() => parseCriteria(text), RangeError);
  });

  it("hold up to their limit, and not above it", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.nat(1000), (value, limit) => {
        const measured = { minimum: value, median: value, p95: value, maximum: value };
        const [criterion] = judge(parseCriteria(`max<=${limit}s`), { ...summary, recoverySeconds: measured });
        assert.equal(criterion?.held, value <= limit);
        assert.equal(criterion.value, value);
      }),
    );
  });

  it("hold no maximum where a run did not recover", () => {
    const [max, outage, median] = judge(parseCriteria("max<=999s,outage-max<=999s,median<=130s"), {
      ...summary,
      recovered: 2,
    });
    assert.deepEqual([max?.held, outage?.held, median?.held], [false, false, true]);
    assert.ok(!("value" in (max ?? assert.fail())));
  });

  it("say of no outage that it lasted 0 s", () => {
    const { outageSeconds: _, ...unseen } = summary;
    assert.deepEqual(judge(parseCriteria("outage-max<=1s"), unseen), [
      { text: "outage-max<=1s", value: 0, held: true },
    ]);
  });
});
