import assert from "node:assert/strict";
import fc from "fast-check";
import { compareVersions, parseVersion } from "../../../components/version";

describe("the numbers of a version", () => {
  it("are read with and without a patch, a v and a suffix", () => {
    assert.deepEqual(parseVersion("1.12.1"), { major: 1, minor: 12, patch: 1 });
    assert.deepEqual(parseVersion("1.36"), { major: 1, minor: 36, patch: 0 });
    assert.deepEqual(parseVersion("v1.36.3+k3s1"), { major: 1, minor: 36, patch: 3 });
    assert.deepEqual(parseVersion("1.13.0-rc1"), { major: 1, minor: 13, patch: 0 });
    assert.deepEqual(parseVersion("1.36+"), { major: 1, minor: 36, patch: 0 });
  });

  it("are undefined for what is no version", () => {
    for (const text of ["", "latest", "1", "1.", "x1.36", "1.36000"]) assert.equal(parseVersion(text), undefined, text);
  });

  it("are compared one after the other", () => {
    const numbers = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3));
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        const [left, right] = [parseVersion(one.join(".")), parseVersion(other.join("."))];
        const difference = one.map((number, at) => number - (other[at] ?? 0)).find((step) => step !== 0) ?? 0;
        assert.ok(left && right);
        assert.equal(Math.sign(compareVersions(left, right)), Math.sign(difference));
      }),
    );
  });
});
