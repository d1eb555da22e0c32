import assert from "node:assert/strict";
import fc from "fast-check";
import type { Attempt } from "../../../tool/s3/attempt";
import { acknowledgedAround, computeOutage } from "../../../tool/s3/outage";

const faultAt = 1_000_000;

/** One attempt every 100 ms, answered at once, `o` = acknowledged, `x` = failed; the fault is before the first. */
function attempts(pattern: string): Attempt[] {
  return [...pattern].map((mark, index) => {
    const sentAt = faultAt + index * 100;
    return {
      kind: "PUT",
      key: String(index),
      sentAt,
      endedAt: sentAt + 5,
      ok: mark === "o",
      error: mark === "o" ? undefined : "E",
    };
  });
}

const anyAttempts = fc.array(
  fc
    .record({
      sentAt: fc.integer({ min: -5000, max: 60_000 }),
      took: fc.integer({ min: 0, max: 3000 }),
      ok: fc.boolean(),
    })
    .map(({ sentAt, took, ok }): Attempt => {
      const sent = faultAt + sentAt;
      return { kind: "PUT", key: `${sentAt}`, sentAt: sent, endedAt: sent + took, ok, error: ok ? undefined : "E" };
    }),
  { maxLength: 60 },
);

describe("outage as a client sees it", () => {
  it("is the time from the first failed request to the first answer after the last failed one", () => {
    const outage = computeOutage(attempts("ooxxxxoo"), faultAt);
    assert.equal(outage?.firstFailureAt, faultAt + 200);
    assert.equal(outage?.recoveredAt, faultAt + 605);
    assert.equal(outage?.seconds, 0.405);
    assert.equal(outage?.interruptions, 1);
    assert.deepEqual(outage?.errors, { E: 4 });
  });

  it("is absent when no request failed, or only before the fault", () => {
    assert.equal(computeOutage(attempts("oooo"), faultAt), undefined);
    assert.equal(computeOutage(attempts("xxxo"), faultAt + 10_000), undefined);
    assert.equal(computeOutage([], faultAt), undefined);
  });

  it("has no end while nothing answers", () => {
    const outage = computeOutage(attempts("oxxx"), faultAt);
    assert.equal(outage?.seconds, undefined);
    assert.equal(outage?.recoveredAt, undefined);
  });

  it("counts a store that answers and fails again as down until it stays", () => {
    const outage = computeOutage(attempts("xxoxxo"), faultAt);
    assert.equal(outage?.seconds, 0.505);
    assert.equal(outage?.interruptions, 2);
  });

  it("counts a request that was under way when the node died", () => {
    const underWay: Attempt = {
      kind: "PUT",
      key: "a",
      sentAt: faultAt - 50,
      endedAt: faultAt + 2950,
      ok: false,
      error: "TimeoutError",
    };
    assert.equal(computeOutage([underWay, ...attempts("oo")], faultAt)?.firstFailureAt, faultAt - 50);
  });

  it("does not depend on the order in which the requests ended", () => {
    fc.assert(
      fc.property(
        anyAttempts.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => assert.deepEqual(computeOutage(shuffled, faultAt), computeOutage(all, faultAt)),
      ),
    );
  });

  it("never ends before it begins, counts each failure once, and grows with every further failure", () => {
    fc.assert(
      fc.property(anyAttempts, fc.integer({ min: 0, max: 60_000 }), (all, later) => {
        const outage = computeOutage(all, faultAt);
        const failed = all.filter((attempt) => !attempt.ok && attempt.endedAt >= faultAt);
        assert.equal(outage === undefined, failed.length === 0);
        if (outage === undefined) return;
        assert.equal(outage.failedRequests, failed.length);
        assert.ok(outage.interruptions >= 1 && outage.interruptions <= failed.length);
        assert.ok(outage.seconds === undefined || outage.seconds >= 0);
        const sentAt = faultAt + later;
        const more = computeOutage([...all, { kind: "PUT", key: "more", sentAt, endedAt: sentAt, ok: false }], faultAt);
        assert.ok(more && more.firstFailureAt <= outage.firstFailureAt);
        assert.equal(more.failedRequests, outage.failedRequests + 1);
      }),
    );
  });

  it("splits the acknowledged writes at the fault and at the recovery", () => {
    const all = attempts("ooxxoo").map((a) => ({ ...a, sentAt: a.sentAt - 150, endedAt: a.endedAt - 150 }));
    const outage = computeOutage(all, faultAt);
    assert.deepEqual(acknowledgedAround(all, faultAt, outage?.recoveredAt), {
      beforeFault: 2,
      afterRecovery: 2,
      total: 4,
    });
    assert.deepEqual(acknowledgedAround(all, faultAt, undefined), { beforeFault: 2, afterRecovery: 0, total: 4 });
  });
});
