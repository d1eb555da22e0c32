import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { inputViolations } from "../../../components/input-violations";
import { check, integer } from "../../../components/validation/rules";
import type { Schema } from "../../../components/validation/schema";
import { violationText } from "../../../components/validation/violations";

interface Job {
  name: string;
}

interface Args {
  size: number;
  jobs?: Job[];
}

const text: Schema = { type: "string" };
const object = (properties: Record<string, Schema>): Schema => ({
  type: "object",
  properties,
  additionalProperties: false,
});

const schema = object({
  size: { type: "number" },
  login: object({ user: text, password: { type: "string", writeOnly: true } }),
  labels: { type: "object", additionalProperties: text },
  jobs: { type: "array", items: object({ name: text }) },
  values: { type: "object", additionalProperties: { takesOutput: true } },
  note: { type: "string", takesOutput: true },
});

const violationsOf = (args: unknown) =>
  inputViolations(args as Args, { renames: [], schema, examples: { size: 3 } }, ({ size, jobs = [] }) => [
    ...check("size", size, integer(1, 9, "things", 3)),
    ...jobs.flatMap(({ name }, index) => (name === "x" ? check(`jobs[${index}].name`, 0, integer(1, 2, "x", 1)) : [])),
  ]);
const texts = (args: unknown) => violationsOf(args).map((one) => violationText(one).trim());

describe("the shape of args", () => {
  it("is right where every object, list and map is one", () => {
    const args = { size: 1, login: { user: "a" }, labels: { "a/b": "c" }, jobs: [{ name: "y" }], values: { a: null } };
    assert.deepEqual(texts(args), []);
    assert.deepEqual(texts({ size: 1, login: undefined, unknown: undefined }), []);
  });

  it("is refused for null, texts, lists and others in the place of an object", () => {
    for (const got of [null, "a", 1, [], new Date(0), () => 1]) {
      const [violation, ...more] = violationsOf({ size: 1, login: got });
      assert.equal(violation?.field, "login");
      assert.match(violation.allowed, /^an object with user, password/);
      assert.deepEqual(more, []);
    }
    assert.match(texts({ size: 1, login: pulumi.output({}) })[0] ?? "", /^login: got an Output;/);
    assert.deepEqual(texts({ size: 1, login: null }), [
      "login: got null; allowed: an object with user, password\n    fix: remove login",
    ]);
    assert.match(texts({ size: 1, login: "hunter2" })[0] ?? "", /^login: got a secret;/);
  });

  it("is not asked of an Output, where one is taken", () => {
    const args = { size: 1, note: pulumi.output({}), values: { a: Promise.resolve(1), b: [pulumi.output({})] } };
    assert.deepEqual(violationsOf(args), []);
  });

  it("is refused for an item of a list, and for what is no list", () => {
    assert.deepEqual(texts({ size: 1, jobs: [{ name: "x" }, null] }), [
      "jobs[1]: got null; allowed: an object with name\n    fix: remove jobs[1]",
    ]);
    assert.deepEqual(texts({ size: 1, jobs: { name: "a" } }), [
      'jobs: got {"name":"a"}; allowed: a list\n    fix: jobs: [{"name":"a"}]',
    ]);
    assert.match(texts({ size: 1, jobs: null })[0] ?? "", /fix: remove jobs$/);
  });

  it("is refused for args that are none, with args that hold", () => {
    for (const args of [undefined, null, "a", []]) {
      assert.equal(texts(args).length, 1);
      assert.match(
        texts(args)[0] ?? "",
        /^args: got .*; allowed: an object with size, .*\n {4}fix: args: \{"size":3\}$/,
      );
    }
  });

  it("is refused for keys that there are not, with the nearest one", () => {
    assert.deepEqual(texts({ sise: 3 }), [
      "sise: got 3; allowed: one of the inputs size, login, labels, jobs, values, note\n    fix: size: 3, instead of sise",
      "size: got nothing; allowed: a whole number of things from 1 to 9\n    fix: size: 3",
    ]);
    assert.match(texts({ size: 1, login: { pasword: "hunter2" } })[0] ?? "", /got a secret; .*password: a secret/s);
    assert.match(texts({ size: 1, toString: 1 })[0] ?? "", /^toString: got 1; .*remove toString$/s);
    assert.match(
      texts(JSON.parse('{"size":1,"__proto__":{"size":2}}'))[0] ?? "",
      /^__proto__: got a secret; .*remove __proto__$/s,
    );
  });

  it("never makes a check fail", () => {
    fc.assert(fc.property(fc.anything(), (args) => void texts(args)));
    fc.assert(fc.property(fc.anything(), (jobs) => void texts({ size: 1, jobs, login: jobs, labels: jobs })));
  });
});
