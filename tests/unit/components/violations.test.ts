import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { knownValue } from "../../../components/pulumi-internals";
import { check, checkedInput, checkOptional, integer, oneOf, trueOrFalse } from "../../../components/validation/rules";
import { InvalidArgsError, refuse, within } from "../../../components/validation/violations";

const rule = integer(1, 20, "replicas", 3);

describe("refusals", () => {
  it("say everything at once: field, value, what is allowed, the ways out", () => {
    const violations = [
      ...check("a", 0, rule),
      { field: "b", got: undefined, allowed: "c", fixes: [{ field: "b", value: true, note: "why" }, { field: "d" }] },
    ];
    assert.throws(() => refuse('Thing "x"', violations), {
      name: "InvalidArgsError",
      message: [
        'Thing "x" cannot be created, 2 invalid inputs:',
        "  a: got 0; allowed: a whole number of replicas from 1 to 20",
        "    fix: a: 3",
        "  b: got nothing; allowed: c",
        "    fix: b: true (why)",
        "    or: remove d",
      ].join("\n"),
    });
  });

  it("are errors that Pulumi prints without a stack trace", () => {
    const error = new InvalidArgsError("x", check("a", 0, rule));
    assert.ok(pulumi.RunError.isInstance(error));
    assert.deepEqual(
      error.violations.map(({ field }) => field),
      ["a"],
    );
    assert.match(error.message, /, 1 invalid input:/);
  });

  it("do not happen without a violation", () => {
    assert.doesNotThrow(() => refuse("x", []));
  });

  it("of a part are named as the whole names its inputs", () => {
    const [violation] = within("part", check("a", 0, rule));
    assert.equal(violation?.field, "part.a");
    assert.equal(violation?.fixes[0]?.field, "part.a");
  });
});

describe("rules", () => {
  it("whole numbers have both bounds included", () => {
    for (const value of [1, 3, 20]) assert.deepEqual(check("a", value, rule), []);
    for (const value of [0, 21, 1.5, "3", NaN, Infinity, null, undefined]) {
      assert.equal(check("a", value, rule).length, 1, String(value));
    }
  });

  it("an enumeration takes its values only", () => {
    const colours = oneOf({ Red: "red", Green: "green" }, "red");
    assert.deepEqual(check("a", "green", colours), []);
    for (const value of ["Green", "", undefined, 1]) assert.equal(check("a", value, colours).length, 1, String(value));
    assert.equal(colours.allowed, '"red", "green"');
  });

  it("truth values are not judged by their truth", () => {
    for (const value of [true, false]) assert.deepEqual(check("a", value, trueOrFalse), []);
    for (const value of ["true", 1, 0, ""]) assert.equal(check("a", value, trueOrFalse).length, 1, String(value));
  });

  it("what may be left out may be left out", () => {
    assert.deepEqual(checkOptional("a", undefined, rule), []);
    assert.equal(checkOptional("a", 0, rule).length, 1);
  });
});

describe("inputs that are Outputs", () => {
  const known = (input: pulumi.Input<unknown>): Promise<unknown> => knownValue(pulumi.output(input));

  it("are not judged before they are known", () => {
    assert.deepEqual(check("a", pulumi.output(0), rule), []);
    assert.deepEqual(check("a", Promise.resolve(0), rule), []);
  });

  it("are judged when they are", async () => {
    assert.equal(await known(checkedInput("Thing", "a", pulumi.output(3), rule)), 3);
    await assert.rejects(
      known(checkedInput("Thing", "a", pulumi.output(0), rule)),
      /Thing cannot be created.*a: got 0/s,
    );
    await assert.rejects(known(checkedInput<number>("Thing", "a", Promise.resolve(0), rule)), /a: got 0/);
  });

  it("plain values stay as they are, so that they are known in a preview", () => {
    assert.equal(checkedInput("Thing", "a", 3, rule), 3);
  });
});
