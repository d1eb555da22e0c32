import { Ajv, type ErrorObject } from "ajv";
import { hiddenSecret } from "../../components/validation/violations";
import { nearestKey } from "../../components/validation/nearest-key";
import type { ConfigPath, ConfigProblem } from "./problems";
import { holdsSecret, holdsText, mayHoldSecret, type Schema } from "../../components/validation/schema";
import { omitPaths } from "./omit-paths";

/** Part of a value that matches its schema, and the problems of the rest. */
export interface SchemaFindings {
  value: unknown;
  problems: ConfigProblem[];
}

// The tests validate the schema. A program checks one configuration, so optimizing the code does not pay off.
const once = { meta: false, validateSchema: false, code: { optimize: false } };
const ajv = new Ajv({ allErrors: true, verbose: true, keywords: ["takesOutput"], ...once });

/** Reports whether a message may contain a value. */
export type Shown = (path: ConfigPath, value: unknown) => boolean;

/**
 * Checks `value` down to the last key. Values that do not match the schema are removed from the result.
 *
 * @param isShown reports whether a message may contain a value; never true for secrets of the schema
 */
export function checkSchema(value: unknown, schema: Schema, isShown: Shown = () => true): SchemaFindings {
  const accepts = ajv.compile(schema);
  if (accepts(value)) return { value, problems: [] };
  const problems = (accepts.errors ?? []).map((error) => problemOf(error, value, isShown));
  return { value: omitPaths(value, pathsOf(problems)), problems };
}

const pathsOf = (problems: readonly ConfigProblem[]): ConfigPath[] => problems.map(({ path }) => path);

/** Returns the problem for an error of the validator: an unknown key or another type. */
function problemOf(
  { instancePath, keyword, params, data, parentSchema }: ErrorObject,
  whole: unknown,
  isShown: Shown,
): ConfigProblem {
  const path = placeIn(whole, instancePath);
  const schema = parentSchema as Schema;
  if (keyword !== "additionalProperties") return otherType(data, schema, path, isShown);
  const { additionalProperty } = params as { additionalProperty: string };
  return unknownKey(additionalProperty, data as Record<string, unknown>, schema, path, isShown);
}

/** Converts a JSON Pointer to a path. List indices are numbers. */
function placeIn(whole: unknown, pointer: string): ConfigPath {
  const keys = pointer.split("/").slice(1);
  let holder = whole;
  return keys.map((escaped) => {
    const key = escaped.replaceAll("~1", "/").replaceAll("~0", "~");
    const segment = Array.isArray(holder) ? Number(key) : key;
    holder = (holder as Record<string, unknown>)[key];
    return segment;
  });
}

/** Returns the problem of an unknown key, and suggests the key that was most likely meant. */
function unknownKey(
  key: string,
  record: Readonly<Record<string, unknown>>,
  schema: Schema,
  holder: ConfigPath,
  isShown: Shown,
): ConfigProblem {
  const { properties = {} } = schema;
  const known = Object.keys(properties);
  const nearest = nearestKey(key, known);
  const meant = nearest === undefined ? undefined : properties[nearest];
  const path = [...holder, key];
  const value = record[key];
  const isHidden = mayHoldSecret(value, meant, schema) || !isShown(path, value);
  const got = isHidden ? hiddenSecret : value;
  const isFree = nearest !== undefined && !Object.hasOwn(record, nearest);
  const canMove = isFree && (!isHidden || meant?.writeOnly === true);
  return {
    path,
    got,
    allowed: `one of the keys ${known.join(", ")}${nearest === undefined ? "" : `; did you mean "${nearest}"?`}`,
    fixes: [{ remove: [path], ...(canMove && { set: [{ path: [...holder, nearest], value: got }] }) }],
  };
}

const nouns = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
};

function otherType(value: unknown, schema: Schema, path: ConfigPath, isShown: Shown): ConfigProblem {
  const { type = "object", writeOnly, examples } = schema;
  const isHidden = (holdsSecret(schema) && holdsText(value)) || !isShown(path, value);
  const meant = isHidden ? undefined : meantBy(value, type);
  const example = writeOnly ? hiddenSecret : (meant ?? examples?.[0]);
  return {
    path,
    got: isHidden ? hiddenSecret : value,
    allowed: nouns[type],
    fixes: [example === undefined ? { remove: [path] } : { set: [{ path, value: example }] }],
  };
}

/** Returns the number or boolean in a quoted value. */
function meantBy(value: unknown, type: Schema["type"]): number | boolean | undefined {
  if (typeof value !== "string" || value.trim() === "") return undefined;
  if (type === "boolean") return value === "true" || value === "false" ? value === "true" : undefined;
  return type === "number" && Number.isFinite(Number(value)) ? Number(value) : undefined;
}
