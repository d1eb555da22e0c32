import assert from "node:assert/strict";
import fc from "fast-check";
import { clockOffset } from "../../../../tool/drill/clock";

describe("the API server's clock", () => {
  it("is known as narrowly as its answers allow, and the truth is within", () => {
    const oneSample = fc.record({ wait: fc.nat(900), there: fc.nat(50), back: fc.nat(50) });
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), fc.array(oneSample, { minLength: 1 }), (ahead, gaps) => {
        let now = 1_000_000_000_000;
        const samples = gaps.map(({ wait, there, back }) => {
          now += wait;
          const sentAt = now;
          const server = now + there - ahead;
          now += there + back;
          return { sentAt, receivedAt: now, serverSecond: Math.floor(server / 1000) * 1000 };
        });
        const { offsetSeconds, uncertaintySeconds } = clockOffset(samples);
        assert.ok(Math.abs(offsetSeconds - ahead / 1000) <= uncertaintySeconds + 1e-6);
        assert.ok(uncertaintySeconds <= 0.55);
      }),
    );
  });

  it("is known better from answers at several parts of a second", () => {
    const at = (sentAt: number) => ({
      sentAt,
      receivedAt: sentAt + 10,
      serverSecond: Math.floor(sentAt / 1000) * 1000,
    });
    const one = clockOffset([at(5_500)]);
    const many = clockOffset([at(5_500), at(6_010), at(6_980), at(7_300)]);
    assert.ok(many.uncertaintySeconds < 0.05 && one.uncertaintySeconds > 0.4);
  });
});
