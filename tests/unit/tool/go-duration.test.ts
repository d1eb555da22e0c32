import assert from "node:assert/strict";
import fc from "fast-check";
import { goDurationSeconds } from "../../../tool/cluster/fencing";

describe("a Go duration", () => {
  it("is read in every unit, alone and combined", () => {
    const anyTerms = fc.record({
      h: fc.nat(1000),
      m: fc.nat(59),
      s: fc.nat(59),
      ms: fc.nat(999),
    });
    const anySign = fc.constantFrom("", "+", "-");
    fc.assert(
      fc.property(anyTerms, anySign, ({ h, m, s, ms }, sign) => {
        const milliseconds = (h * 3600 + m * 60 + s) * 1000 + ms;
        for (const text of [
          `${h}h${m}m${s}s${ms}ms`,
          `${h}h${m}m${s}.${String(ms).padStart(3, "0")}s`,
          `${ms}ms${s}s${m}m${h}h`,
          `${h * 60 + m}m${s * 1000 + ms}ms`,
          `${milliseconds}000us`,
        ]) {
          assert.equal(goDurationSeconds(`${sign}${text}`), (sign === "-" ? -milliseconds : milliseconds) / 1000, text);
        }
      }),
    );
  });

  it("is read exactly in whole seconds, as fencing agents and their checks have it", () => {
    fc.assert(
      fc.property(fc.nat(100_000), (seconds) => {
        assert.equal(goDurationSeconds(`${seconds}s`), seconds);
        const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
        assert.equal(goDurationSeconds(`${h}h${m}m${s}s`), seconds);
      }),
    );
  });

  it("may have fractions, and no unit if it is 0", () => {
    assert.equal(goDurationSeconds("1.5h"), 5400);
    assert.equal(goDurationSeconds(".5m"), 30);
    assert.equal(goDurationSeconds("2.s"), 2);
    assert.equal(goDurationSeconds("0"), 0);
    assert.equal(goDurationSeconds("250ns"), 250e-9);
    assert.equal(goDurationSeconds("4µs"), goDurationSeconds("4μs"));
  });

  it("is nothing else", () => {
    for (const text of ["", "5", "s", ".s", "5 m", "5m ", "soon", "1d", "5mm", "-", "1e3s", "0x5s", "5M", "3,5s"]) {
      assert.equal(goDurationSeconds(text), undefined, text);
    }
  });
});
