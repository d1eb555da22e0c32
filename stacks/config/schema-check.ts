import { Ajv, type ErrorObject } from "ajv";
import { hiddenSecret } from "../../components/validation/violations";
import { nearestKey } from "../../components/validation/nearest-key";
import type { ConfigPath, ConfigProblem } from "./problems";
import { holdsSecret, holdsText, mayHoldSecret, type Schema } from "../../components/validation/schema";
import { omitPaths } from "./omit-paths";

/** A value as far as it is what its schema says, and what is wrong with the rest. */
export interface SchemaFindings {
  value: unknown;
  problems: ConfigProblem[];
}

// A program checks one configuration: that its schema is JSON Schema is the tests' to see, and what runs once need not run fast.
const once = { meta: false, validateSchema: false, code: { optimize: false } };
const ajv = new Ajv({ allErrors: true, verbose: true, keywords: ["takesOutput"], ...once });

/** Whether a value of a place may stand in a message. */
export type Shown = (path: ConfigPath, value: unknown) => boolean;

/**
 * Checks `value` down to the last key. What is not as the schema says is left out of the value that comes back.
 *
 * @param isShown which values may stand in messages; where the schema knows of secrets, none does
 */
export function checkSchema(value: unknown, schema: Schema, isShown: Shown = () => true): SchemaFindings {
  const accepts = ajv.compile(schema);
  if (accepts(value)) return { value, problems: [] };
  const problems = (accepts.errors ?? []).map((error) => problemOf(error, value, isShown));
  return { value: omitPaths(value, pathsOf(problems)), problems };
}

const pathsOf = (problems: readonly ConfigProblem[]): ConfigPath[] => problems.map(({ path }) => path);

/** What a validator has found, which in these schemas is a key too many or another type. */
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

/** Where a JSON Pointer leads: as a number where it is a place in a list. */
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

/** A key of `record` that nobody reads, with the one that was most likely meant. */
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
    allowed: `no such key; ${nearest === undefined ? "" : `the nearest is "${nearest}", `}there are ${known.join(", ")}`,
    fixes: [{ remove: [path], ...(canMove && { set: [{ path: [...holder, nearest], value: got }] }) }],
  };
}

const nouns = { string: "a text", number: "a number", boolean: "true or false", object: "an object", array: "a list" };

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

/** The number or the truth value that somebody meant who put it in quotes. */
function meantBy(value: unknown, type: Schema["type"]): number | boolean | undefined {
  if (typeof value !== "string" || value.trim() === "") return undefined;
  if (type === "boolean") return value === "true" || value === "false" ? value === "true" : undefined;
  return type === "number" && Number.isFinite(Number(value)) ? Number(value) : undefined;
}
