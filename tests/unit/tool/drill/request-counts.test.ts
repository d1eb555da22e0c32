import assert from "node:assert/strict";
import fc from "fast-check";
import { requestKinds, type Attempt } from "../../../../tool/s3/attempt";
import { requestsBySecond } from "../../../../tool/drill/outage";

const anyAttempt: fc.Arbitrary<Attempt> = fc
  .record({
    kind: fc.constantFrom(...requestKinds),
    sentAt: fc.integer({ min: 0, max: 20_000 }),
    took: fc.nat(3000),
    ok: fc.boolean(),
  })
  .map(({ took, ...attempt }) => ({ ...attempt, key: "k", endedAt: attempt.sentAt + took }));

describe("requests by the second", () => {
  it("are all counted, in the second in which they were sent", () => {
    fc.assert(
      fc.property(fc.array(anyAttempt), (attempts) => {
        const seconds = requestsBySecond(attempts, 10_000);
        const total = seconds.flatMap(({ counts }) => Object.values(counts).flat()).reduce((sum, one) => sum + one, 0);
        assert.equal(total, attempts.length);
        assert.deepEqual(
          seconds.map(({ second }) => second),
          [...new Set(attempts.map(({ sentAt }) => Math.floor((sentAt - 10_000) / 1000)))].sort((a, b) => a - b),
        );
      }),
    );
  });

  it("are told apart by kind and outcome, with the slowest answer", () => {
    const at = (kind: Attempt["kind"], sentAt: number, endedAt: number, ok = true): Attempt => ({
      ...{ kind, sentAt, endedAt, ok },
      key: "k",
    });
    const attempts = [
      at("PUT", 9500, 9600),
      at("PUT", 9700, 12_700, false),
      at("GET", 9900, 10_400),
      at("PUT", 10_000, 10_010),
    ];
    assert.deepEqual(requestsBySecond(attempts, 10_000), [
      { second: -1, counts: { PUT: [1, 1], GET: [1, 0] }, slowestSeconds: 0.5 },
      { second: 0, counts: { PUT: [1, 0] }, slowestSeconds: 0.01 },
    ]);
  });
});
