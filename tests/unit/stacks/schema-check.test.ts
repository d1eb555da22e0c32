import assert from "node:assert/strict";
import fc from "fast-check";
import Ajv from "ajv";
import { checkSchema } from "../../../stacks/config/schema-check";
import { configSchema } from "../../../stacks/config/schema.generated";
import { problemsText } from "../../../stacks/config/problems";
import type { Schema } from "../../../components/validation/schema";

const object = (properties: Record<string, Schema>): Schema => ({
  type: "object",
  properties,
  additionalProperties: false,
});

const inner = object({
  name: { type: "string", examples: ["photos"] },
  count: { type: "number", examples: [3] },
  on: { type: "boolean", examples: [true] },
});
const outer = object({ things: { type: "object", additionalProperties: inner } });
const lists = object({ things: { type: "array", items: inner } });

const findings = (value: unknown) => checkSchema(value, outer);
const pathsOf = (value: unknown) => findings(value).problems.map(({ path }) => path.join("."));

describe("the schema of a configuration", () => {
  it("is JSON Schema, to the letter", () => {
    const strict = new Ajv({ strict: true, strictTypes: true, keywords: ["takesOutput"] });
    for (const schema of [configSchema, outer, lists]) assert.ok(strict.validateSchema(schema), strict.errorsText());
    strict.compile(configSchema);
  });

  it("is found whole, however much of it is left out", () => {
    const anyInner = fc.record(
      { name: fc.string(), count: fc.double({ noNaN: true, noDefaultInfinity: true }), on: fc.boolean() },
      { requiredKeys: [], noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), anyInner, { noNullPrototype: true }), (things) => {
        assert.deepEqual(findings({ things }), { value: { things }, problems: [] });
      }),
    );
    assert.deepEqual(findings({}), { value: {}, problems: [] });
  });

  it("knows every key at every level, or names the nearest and all that there are", () => {
    const { value, problems } = findings({ zzz: 1, things: { a: { nmae: "x", count: 2 } } });
    assert.deepEqual(problems, [
      {
        path: ["zzz"],
        got: 1,
        allowed: "one of the keys things",
        fixes: [{ remove: [["zzz"]] }],
      },
      {
        path: ["things", "a", "nmae"],
        got: "x",
        allowed: 'one of the keys name, count, on; did you mean "name"?',
        fixes: [{ remove: [["things", "a", "nmae"]], set: [{ path: ["things", "a", "name"], value: "x" }] }],
      },
    ]);
    assert.deepEqual(value, { things: { a: { count: 2 } } });
  });

  it("does not offer to overwrite the key that was most likely meant", () => {
    const [problem] = findings({ things: { a: { nmae: "x", name: "y" } } }).problems;
    assert.deepEqual(problem?.fixes, [{ remove: [["things", "a", "nmae"]] }]);
  });

  it("tells numbers, truth values, texts and objects apart, and what was meant", () => {
    const { value, problems } = findings({ things: { a: { count: "30", on: "false", name: 1.12 }, b: null, c: [] } });
    assert.deepEqual(
      problems.map(({ path, allowed, fixes }) => [path.slice(1).join("."), allowed, fixes[0]?.set?.[0]?.value]),
      [
        ["a.name", "a string", "photos"],
        ["a.count", "a number", 30],
        ["a.on", "true or false", false],
        ["b", "an object", undefined],
        ["c", "an object", undefined],
      ],
    );
    assert.deepEqual(value, { things: { a: {} } });
    assert.deepEqual(findings("text").problems[0]?.path, []);
    assert.deepEqual(pathsOf({ things: { a: { count: "many", on: "maybe" } } }).length, 2);
  });

  it("takes names that objects have by themselves for what they are: unknown keys", () => {
    assert.deepEqual(pathsOf({ toString: 1, constructor: {} }), ["toString", "constructor"]);
  });

  it("shows no secret, in whatever place it was written", () => {
    const login = object({
      user: { type: "string", examples: ["reader"] },
      password: { type: "string", writeOnly: true },
    });
    const told = (value: unknown) => problemsText(checkSchema(value, login).problems, { project: "p", stack: "s" });
    for (const value of [{ password: 87654321 }, { pasword: "87654321" }, { user: "a", passwords: ["87654321"] }]) {
      const text = told(value);
      assert.ok(text.includes("got a secret") && !text.includes("87654321"), text);
    }
    assert.match(told({ pasword: "x" }), /config rm .*p:pasword && pulumi config set -s s --secret --path p:password/);
    assert.deepEqual(checkSchema({ password: "87654321" }, login).value, { password: "87654321" });
  });

  it("looks into nothing that it is not told about", () => {
    const free = object({ values: { type: "object", additionalProperties: {} } });
    const value = { values: { a: { b: [1, null, "x"] }, c: 1 } };
    assert.deepEqual(checkSchema(value, free), { value, problems: [] });
  });

  it("counts the places of a list", () => {
    const { value, problems } = checkSchema({ things: [{ count: 1 }, { count: "2" }, "three"] }, lists);
    assert.deepEqual(value, { things: [{ count: 1 }, {}] });
    assert.deepEqual(
      problems.map(({ path, allowed }) => [path, allowed]),
      [
        [["things", 1, "count"], "a number"],
        [["things", 2], "an object"],
      ],
    );
    assert.deepEqual(checkSchema({ things: {} }, lists).problems[0]?.allowed, "a list");
  });
});
