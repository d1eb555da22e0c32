import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import Ajv, { type ErrorObject } from "ajv";
import fc from "fast-check";
import { parse } from "yaml";
import { readConfig } from "../../../stacks/config/read";
import { checkSchema } from "../../../stacks/config/schema-check";
import { configSchema } from "../../../stacks/config/schema.generated";
import { pathSegments } from "../../../components/validation/property-path";
import type { ConfigPath } from "../../../stacks/config/problems";
import { schemaWithin, type Schema } from "../../../components/validation/schema";
import { badInputs } from "../../construct/bad-inputs";
import { wholeConfig } from "./whole-config";

type Tree = Record<string | number, unknown>;

const root = path.resolve(__dirname, "../../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const ajv = new Ajv({ allErrors: true, verbose: true });
ajv.addVocabulary(["markdownEnumDescriptions"]);
const accepts = ajv.compile(JSON.parse(read("stacks/Pulumi.stack.schema.json")) as object);

/** What the schema refuses in a stack's file. */
function refusedBySchema(file: unknown): ErrorObject[] {
  return accepts(file) ? [] : (accepts.errors ?? []);
}

/** A stack's file with a configuration, its secrets encrypted. */
function fileOf(config: Record<string, unknown>) {
  const keys = Object.entries(config).map(([key, value]) => {
    return [`longhorn-s3:${key}`, encrypted(value, schemaWithin(configSchema, key))];
  });
  return { config: Object.fromEntries(keys) as Record<string, unknown> };
}

function encrypted(value: unknown, schema: Schema | undefined): unknown {
  if (schema?.writeOnly && typeof value === "string") return { secure: "v1:AAABAEXAMPLE" };
  if (typeof value !== "object" || value === null) return value;
  const within = (key: string) => schema && schemaWithin(schema, key);
  const entries = Object.entries(value).map(([key, inner]) => [key, encrypted(inner, within(key))] as const);
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/** Whether something in a configuration does not even look like what it is to be. */
function refusedByType(config: Record<string, unknown>): boolean {
  return checkSchema(config, configSchema).problems.length > 0;
}

function refusedByReader(config: Record<string, unknown>): boolean {
  try {
    readConfig(
      Object.fromEntries(Object.entries(config).map(([key, value]) => [`longhorn-s3:${key}`, JSON.stringify(value)])),
      {
        ...{ project: "longhorn-s3", stack: "eu", directories: { project: "/repo", working: "/repo/stacks" } },
        ...{ isSecret: () => true, written: () => undefined, exists: () => true },
      },
    );
    return false;
  } catch {
    return true;
  }
}

/** Every place of a configuration, the top left out. */
function placesIn(value: unknown, place: ConfigPath = []): ConfigPath[] {
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const below = inner.flatMap(([key, one]) => placesIn(one, [...place, Array.isArray(value) ? Number(key) : key]));
  return place.length === 0 ? below : [place, ...below];
}

/** The configuration after one change at a place. */
function edited(
  config: Record<string, unknown>,
  place: ConfigPath,
  edit: (holder: Tree, key: string | number) => void,
) {
  const copy = structuredClone(config);
  const holder = place.slice(0, -1).reduce<unknown>((tree, key) => (tree as Tree)[key], copy) as Tree;
  edit(holder, place.at(-1) ?? assert.fail("the top is no place"));
  return copy;
}

const wholePlaces = placesIn(wholeConfig);

describe("the JSON Schema of a stack's file", () => {
  it("accepts the stacks of the repository, which name it in their first lines", () => {
    const stacks = readdirSync(root).filter((file) => /^Pulumi\..+\.yaml$/.test(file));
    for (const stack of ["dev", "staging", "prod", "sandbox"])
      assert.ok(stacks.includes(`Pulumi.${stack}.yaml`), stack);
    for (const file of stacks) {
      assert.match(read(file), /^# yaml-language-server: \$schema=\.\/stacks\/Pulumi\.stack\.schema\.json\n# \w/, file);
      assert.deepEqual(refusedBySchema(parse(read(file))), [], file);
    }
  });

  it("accepts what Pulumi writes besides: its own keys, those of other projects, whole keys that are secret", () => {
    const config = { "longhorn-s3:production": "true", "longhorn-s3:longhorn": { secure: "v1:x" }, "aws:region": "x" };
    assert.deepEqual(refusedBySchema({ encryptionsalt: "v1:x", config }), []);
    assert.deepEqual(refusedBySchema({ environment: ["s3/prod"] }), []);
  });

  it("accepts a secret as one only, and no other text", () => {
    const file = (chartRepository: object) => ({ config: { "longhorn-s3:longhorn": { chartRepository } } });
    const secure = "v1:AAABAEXAMPLE";
    assert.deepEqual(refusedBySchema(file({ username: "reader", password: { secure } })), []);
    assert.notDeepEqual(refusedBySchema(file({ username: { secure } })), []);
    assert.notDeepEqual(refusedBySchema(file({ password: "hunter2" })), []);
  });

  it("lists the words of a key, and says what each means", () => {
    const file = {
      config: { "longhorn-s3:stores": { a: { volume: { size: "1Gi" }, failover: { onNodeFailure: "X" } } } },
    };
    const [refused] = refusedBySchema(file).filter(({ keyword }) => keyword === "enum");
    const { enum: words, markdownEnumDescriptions: meanings } = refused?.parentSchema as Record<string, string[]>;
    assert.deepEqual(words, ["Wait", "AssumeDead", "Fence"]);
    assert.match(meanings?.[2] ?? "", /remediator confirms that the node is powered off/);
  });

  it("describes every key", () => {
    const silent: string[] = [];
    const lookInto = (schema: unknown, place: string): void => {
      if (typeof schema !== "object" || schema === null) return;
      const { properties = {}, ...rest } = schema as { properties?: Record<string, { description?: string }> };
      for (const [key, inner] of Object.entries(properties)) {
        if (!["config", "secure"].includes(key) && (inner.description ?? "").length < 10)
          silent.push(`${place}.${key}`);
        lookInto(inner, `${place}.${key}`);
      }
      for (const [key, inner] of Object.entries(rest)) lookInto(inner, `${place}/${key}`);
    };
    lookInto(accepts.schema, "");
    assert.deepEqual(silent, []);
  });
});

describe("the JSON Schema and the reader of a configuration", function () {
  this.timeout("2m");
  it("both accept a configuration with almost every key", () => {
    assert.deepEqual(refusedBySchema(fileOf(wholeConfig)), []);
    assert.ok(!refusedByReader(wholeConfig));
  });

  it("refuse the same bad inputs of a store, at the same place, as far as a schema can see them", () => {
    const cases = badInputs.flatMap((input) => input.values.map((value) => ({ ...input, value })));
    let seen = 0;
    for (const { field, value, beside = {} } of cases) {
      if (value === undefined) continue; // In a file there is no such thing.
      const store: Tree = { volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } };
      const config: Record<string, unknown> = { longhorn: {}, stores: { photos: store } };
      const put = (input: string, given: unknown): void => {
        const place = placeOf(input);
        place.slice(0, -1).reduce<Tree>((tree, key, index) => {
          return (tree[key] ??= typeof place[index + 1] === "number" ? [] : {}) as Tree;
        }, config)[place.at(-1) ?? ""] = given;
      };
      for (const [input, given] of Object.entries(structuredClone(beside))) put(input, given);
      put(field, value);
      const inFile = JSON.parse(JSON.stringify(config)) as Record<string, unknown>;
      const told = `${field}: ${JSON.stringify(value)}`;
      const refused = refusedBySchema(fileOf(inFile));
      if (refusedByType(inFile)) assert.notDeepEqual(refused, [], told);
      if (refused.length === 0) continue;
      seen += 1;
      assert.ok(refusedByReader(inFile), told);
      const wanted = placeOf(field).join(".");
      const places = refused.map((error) => placeIn(error).join("."));
      assert.ok(
        places.some((one) => `${one}.`.startsWith(`${wanted}.`)),
        `${told}: ${places.join(", ")}`,
      );
    }
    assert.ok(seen > 50, `${seen} of ${cases.length}`);
  });

  it("agree on what has the types of a configuration, whatever it means", () => {
    fc.assert(
      fc.property(anyOf(configSchema), (config) => {
        const given = JSON.parse(JSON.stringify(config)) as Record<string, unknown>;
        assert.ok(!refusedByType(given));
        // What is missing, which words there are and which settings, the types do not say.
        const beyond = ["required", "enum", "if"];
        const refused = refusedBySchema(fileOf(given)).filter(
          ({ keyword, instancePath }) =>
            !beyond.includes(keyword) && !instancePath.includes("longhorn-s3:longhorn/settings"),
        );
        assert.deepEqual(
          refused.map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`),
          [],
        );
      }),
      { numRuns: 50 },
    );
  });

  it("agree on what is wrong: what has another type, the schema refuses, and what the schema refuses, the reader does", () => {
    const wrong = fc.constantFrom<unknown>(7, "text", true, null, [], {}, ["text"], { secure: 1 }, [7], {
      more: "text",
    });
    const edits = fc.oneof(
      wrong.map((value) => (holder: Tree, key: string | number) => void (holder[key] = value)),
      fc.constant((holder: Tree, key: string | number) => void (Array.isArray(holder) || delete holder[key])),
      fc.constant(
        (holder: Tree, key: string | number) => void (Array.isArray(holder) || (holder[`${key}x`] = holder[key])),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...wholePlaces), edits, (place, edit) => {
        const config = edited(wholeConfig, place, edit);
        const refused = refusedBySchema(fileOf(config));
        if (refusedByType(config)) assert.notDeepEqual(refused, []);
        if (refused.length > 0) assert.ok(refusedByReader(config), ajv.errorsText(refused));
      }),
      { numRuns: 100 },
    );
  });
});

/** Where an input of a store is in the configuration. */
function placeOf(input: string): ConfigPath {
  const isOfStack = /^(longhorn|existingLonghorn)\b/.test(input);
  return isOfStack ? pathSegments(input) : ["stores", "photos", ...pathSegments(input)];
}

/** Where in the configuration the schema has found something, the key that is missing or too many included. */
function placeIn({ instancePath, params }: ErrorObject): string[] {
  const [, , first = "", ...rest] = instancePath.split("/");
  const { missingProperty, additionalProperty } = params as { missingProperty?: string; additionalProperty?: string };
  const last = missingProperty ?? additionalProperty;
  const segments = [first.replace("longhorn-s3:", ""), ...rest, ...(last === undefined ? [] : [last])];
  return segments.map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Anything that a schema takes. */
function anyOf({ type, properties, additionalProperties, items }: Schema): fc.Arbitrary<unknown> {
  switch (type) {
    case "object":
      return properties === undefined
        ? fc.dictionary(fc.string({ minLength: 1 }), anyOf(additionalProperties || {}), {
            maxKeys: 2,
            noNullPrototype: true,
          })
        : fc.record(Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, anyOf(inner)])), {
            requiredKeys: [],
            noNullPrototype: true,
          });
    case "array":
      return fc.array(anyOf(items ?? {}), { maxLength: 2 });
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case "boolean":
      return fc.boolean();
    case "string":
      return fc.string();
    case undefined:
      return fc.constantFrom<unknown>(1, "text");
  }
}
