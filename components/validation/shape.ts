import { entryOf } from "./maps";
import { nearestKey } from "./nearest-key";
import { isPlainObject } from "./property-path";
import { isLater } from "./rules";
import { eachOf, holdsSecret, holdsText, mayHoldSecret, schemaWithin, type Schema } from "./schema";
import { hiddenSecret, type Fix, type Violation } from "./violations";

/** Field of violations that concern all arguments. */
export const wholeArgs = "args";

/** Arguments that match the shape of a schema, and the violations of the others. */
export interface Shaped {
  readonly value: unknown;
  readonly violations: readonly Violation[];
}

/** Valid values of required inputs, by property path. */
export type Examples = Readonly<Record<string, unknown>>;

/**
 * Removes from `args` all values that do not match the shape of `schema`: unknown keys, and other values in place of an object,
 * a list or a map. Programs without types can pass any value. Rules validate scalars.
 */
export function shapedArgs(args: unknown, schema: Schema, examples: Examples): Shaped {
  return args === undefined ? misshapen("", args, schema, examples) : shaped("", args, schema, examples);
}

function shaped(field: string, value: unknown, schema: Schema, examples: Examples): Shaped {
  // Refused Outputs have already been removed.
  if (value === undefined || isLater(value)) return { value, violations: [] };
  if (schema.type === "array") return shapedList(field, value, schema, examples);
  if (schema.type === "object") return shapedObject(field, value, schema, examples);
  return { value, violations: [] };
}

function shapedObject(field: string, value: unknown, schema: Schema, examples: Examples): Shaped {
  if (!isPlainObject(value)) return misshapen(field, value, schema, examples);
  const { properties } = schema;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const results = entries.map(([key, inner]): [string, Shaped] => {
    const place = placeOf(field, key, properties === undefined);
    const within = schemaWithin(schema, key);
    if (within !== undefined) return [key, shaped(place, inner, within, examples)];
    return [key, { value: undefined, violations: [unknownKey(field, key, value, schema)] }];
  });
  const kept = results.filter(([, result]) => result.value !== undefined);
  return {
    value: Object.fromEntries(kept.map(([key, result]) => [key, result.value])),
    violations: results.flatMap(([, result]) => result.violations),
  };
}

/** Validates a list. A list with a misshapen item is removed as a whole, to keep the indices of its items. */
function shapedList(field: string, value: unknown, schema: Schema, examples: Examples): Shaped {
  if (!Array.isArray(value)) return misshapen(field, value, schema, examples);
  const { items = {} } = schema;
  const results = value.map((item: unknown, index) => {
    const place = `${field}[${index}]`;
    // Scalars have no shape: their rules refuse them.
    if (item === undefined && eachIsContainer(items)) return misshapen(place, item, items, examples);
    return shaped(place, item, items, examples);
  });
  const violations = results.flatMap((result) => result.violations);
  return { value: violations.length > 0 ? undefined : results.map((result) => result.value), violations };
}

function eachIsContainer({ type }: Schema): boolean {
  return type === "object" || type === "array";
}

function placeOf(field: string, key: string, isEntry: boolean): string {
  if (isEntry || !/^[A-Za-z_$][\w$]*$/.test(key)) return entryOf(field, key);
  return field === "" ? key : `${field}.${key}`;
}

/** Refuses a value in place of an object, a list or a map. */
function misshapen(field: string, value: unknown, schema: Schema, examples: Examples): Shaped {
  const place = field === "" ? wholeArgs : field;
  const isHidden = typeof value === "object" ? holdsSecret(schema) && holdsText(value) : isSecretBeside(schema);
  const violation = {
    field: place,
    got: isHidden ? hiddenSecret : value,
    allowed: nounOf(schema),
    fixes: [fixOf(place, value, schema, examples)],
  };
  return { value: undefined, violations: [violation] };
}

/** Reports whether the direct entries of a schema include secrets, so that a string in its place may be one. */
function isSecretBeside(schema: Schema): boolean {
  const each = eachOf(schema);
  return [...Object.values(schema.properties ?? {}), ...(each ? [each] : [])].some(({ writeOnly }) => writeOnly);
}

function nounOf({ type, properties }: Schema): string {
  if (type === "array") return "a list";
  return properties === undefined ? "a map of values by name" : `an object with ${Object.keys(properties).join(", ")}`;
}

function fixOf(field: string, value: unknown, { type, items }: Schema, examples: Examples): Fix {
  if (field === wholeArgs) {
    const ofArgs = Object.entries(examples).filter(([path]) => !path.includes("."));
    return { field, value: Object.fromEntries(ofArgs) };
  }
  if (Object.hasOwn(examples, field)) return { field, value: examples[field] };
  const isItem = items?.type === "object" ? isPlainObject(value) : typeof value === items?.type;
  return type === "array" && isItem ? { field, value: [value] } : { field };
}

/** Refuses an unknown key. */
function unknownKey(field: string, key: string, holder: Readonly<Record<string, unknown>>, schema: Schema): Violation {
  const { properties = {} } = schema;
  const known = Object.keys(properties);
  const nearest = nearestKey(key, known);
  const meant = nearest === undefined ? undefined : properties[nearest];
  const place = placeOf(field, key, false);
  const got = mayHoldSecret(holder[key], meant, schema) ? hiddenSecret : holder[key];
  const isFree = nearest !== undefined && !Object.hasOwn(holder, nearest);
  const fix = isFree ? { field: placeOf(field, nearest, false), value: got, instead: place } : { field: place };
  return { field: place, got, allowed: `one of the inputs ${known.join(", ")}`, fixes: [fix] };
}
