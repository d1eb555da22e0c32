import assert from "node:assert/strict";
import fc from "fast-check";
import { changedParameters } from "../../../components/longhorn/class-change-hook";
import { upgradeViolations } from "../../../components/longhorn/upgrade";
import { violationText } from "../../../components/validation/violations";

const number = fc.nat({ max: 30 });
const version = fc.tuple(fc.constantFrom(1, 2), number, number);
const text = (numbers: readonly number[]): string => numbers.join(".");
const isOlder = (one: readonly number[], other: readonly number[]): boolean => {
  const different = one.findIndex((part, index) => part !== other[index]);
  return different !== -1 && (one[different] ?? 0) < (other[different] ?? 0);
};

describe("the way from one version of Longhorn to another", () => {
  it("goes one minor version up at most, and never down", () => {
    fc.assert(
      fc.property(version, version, (installed, wanted) => {
        const [from, to] = [installed, wanted];
        const allowed = !isOlder(to, from) && to[0] === from[0] && to[1] - from[1] <= 1;
        assert.equal(upgradeViolations({ version: text(from) }, text(to)).length, allowed ? 0 : 1);
      }),
    );
  });

  it("is open where nothing is installed yet, or what is there has no version", () => {
    for (const installed of [undefined, "", "latest"]) {
      assert.deepEqual(upgradeViolations({ version: installed }, "1.12.1"), []);
    }
  });

  it("is open back from a failed upgrade, whose version may never have run, and no further forward than before", () => {
    fc.assert(
      fc.property(version, version, (failed, wanted) => {
        const back = isOlder(wanted, failed);
        const [of, to] = [text(failed), text(wanted)];
        const deployed = upgradeViolations({ version: of, status: "deployed" }, to);
        assert.deepEqual(upgradeViolations({ version: of, status: "failed" }, to), back ? [] : deployed);
      }),
    );
  });

  it("is named step by step, with the next one to take", () => {
    const [violation] = upgradeViolations({ version: "1.9.2", status: "deployed" }, "1.12.1");
    assert.deepEqual(violationText(violation ?? assert.fail()).split("\n"), [
      '  version: got "1.12.1"; allowed: one minor version at a time from 1.9.2, the installed version: 1.9 → 1.10 → 1.11 → 1.12; ' +
        "each requires a separate update",
      '    fix: version: "1.10.0"',
    ]);
    const [back] = upgradeViolations({ version: "1.12.1", status: "deployed" }, "1.12.0");
    assert.match(
      violationText(back ?? assert.fail()),
      /got "1\.12\.0"; allowed: at least 1\.12\.1, the installed version, .*downgrades/,
    );
  });
});

describe("a changed StorageClass", () => {
  const parameters = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.constantFrom("1", "2"), {
    noNullPrototype: true,
  });

  it("is told by the parameters that are not the same, and by none where they are", () => {
    fc.assert(
      fc.property(parameters, parameters, (old, now) => {
        const different = ["a", "b", "c"].filter((name) => old[name] !== now[name]);
        assert.deepEqual(
          changedParameters(old, now).map((change) => change.split(" ")[0]),
          different,
        );
      }),
    );
    assert.deepEqual(changedParameters({ a: "1", b: "1" }, { a: "2", c: "1" }), [
      ...["a 1 → 2", "b 1 → unset", "c unset → 1"],
    ]);
  });

  it("is not told where one of both is not known", () => {
    assert.deepEqual(changedParameters(undefined, { a: "1" }), []);
    assert.deepEqual(changedParameters({ a: "1" }, undefined), []);
  });
});
