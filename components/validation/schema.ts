/** Schema of an input: a subset of JSON Schema. Rules validate the values. */
export interface Schema {
  /** Type of the value; without it, any value is valid. */
  type?: "string" | "number" | "boolean" | "object" | "array";
  /** Valid value, suggested in messages. */
  examples?: readonly [string | number | boolean];
  /** Marks a secret, as in JSON Schema. No message contains its value. */
  writeOnly?: true;
  /** Marks an input that can be an Output, or a value of any kind that can contain Outputs. */
  takesOutput?: true;
  /** Keys of an object, all optional: rules check that required inputs are set. */
  properties?: Readonly<Record<string, Schema>>;
  /** Schema of the values of a map; false for an object that has only `properties`. */
  additionalProperties?: false | Schema;
  /** Schema of the items of a list. */
  items?: Schema;
}

/** Returns the schema of each entry of a map or list; undefined for other values. */
export function eachOf({ additionalProperties, items }: Schema): Schema | undefined {
  return items ?? (additionalProperties || undefined);
}

/** Reports whether a schema describes a secret, at any depth. */
export function holdsSecret(schema: Schema): boolean {
  const each = eachOf(schema);
  const within = [...Object.values(schema.properties ?? {}), ...(each ? [each] : [])];
  return schema.writeOnly === true || within.some(holdsSecret);
}

/** Returns the schema of a key of an object or map, or of an item of a list; undefined for an unknown key. */
export function schemaWithin(schema: Schema, key: string): Schema | undefined {
  const { properties } = schema;
  if (properties === undefined) return eachOf(schema);
  return Object.hasOwn(properties, key) ? properties[key] : undefined;
}

/** Reports whether the input at a path can be an Output. */
export function canBeOutput(schema: Schema | undefined, path: readonly (string | number)[]): boolean {
  if (schema === undefined) return false;
  if (schema.takesOutput) return true;
  const [key, ...rest] = path;
  return key !== undefined && canBeOutput(schemaWithin(schema, String(key)), rest);
}

/**
 * Reports whether the value of an unknown key may be a secret or contain one, since the key may be a misspelled one.
 *
 * @param meant schema of the known key with the most similar name
 * @param holder schema of the object with the unknown key
 */
export function mayHoldSecret(value: unknown, meant: Schema | undefined, holder: Schema): boolean {
  if (!holdsText(value)) return false;
  const beside = Object.values(holder.properties ?? {});
  if (beside.some(({ writeOnly }) => writeOnly)) return true;
  if (meant !== undefined) return holdsSecret(meant);
  return typeof value === "object" && beside.some(holdsSecret);
}

/** Reports whether `value` contains a string or number, at any depth. */
export function holdsText(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some(holdsText);
  return typeof value === "string" || typeof value === "number";
}
