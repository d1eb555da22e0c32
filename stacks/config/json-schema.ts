/** A JSON Schema of the few words that a configuration needs. It describes the form of a value; the components check its meaning. */
export interface Schema {
  /** Without one, the value is anything. */
  type?: "string" | "number" | "boolean" | "object" | "array";
  examples?: readonly [string | number | boolean];
  /** JSON Schema's word for a secret: no message shows it. */
  writeOnly?: true;
  /** Fields of an object, all of them optional: the components check which are required. */
  properties?: Readonly<Record<string, Schema>>;
  /** Schema of each value, if the keys are names that the user gives. */
  additionalProperties?: false | Schema;
  items?: Schema;
}

/** Returns the schema of each entry of a map or of a list; undefined for a schema without such entries. */
export function eachOf({ additionalProperties, items }: Schema): Schema | undefined {
  return items ?? (additionalProperties || undefined);
}

/** Returns whether a schema describes a secret or contains one. */
export function holdsSecret(schema: Schema): boolean {
  const each = eachOf(schema);
  const within = [...Object.values(schema.properties ?? {}), ...(each ? [each] : [])];
  return schema.writeOnly === true || within.some(holdsSecret);
}

/** Returns the schema of a key of an object or of a place in a list; undefined if the schema has no such key. */
export function schemaWithin(schema: Schema, key: string): Schema | undefined {
  const { properties } = schema;
  if (properties === undefined) return eachOf(schema);
  return Object.hasOwn(properties, key) ? properties[key] : undefined;
}
