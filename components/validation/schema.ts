import type * as pulumi from "@pulumi/pulumi";

/** What a value of the configuration looks like, before anybody asks what it means: a JSON Schema of the few words that are needed here. */
export interface Schema {
  /** Without one, the value is anything. */
  type?: "string" | "number" | "boolean" | "object" | "array";
  examples?: readonly [string | number | boolean];
  /** JSON Schema's word for a secret: no message shows it. */
  writeOnly?: true;
  /** The fields of an object, each of which may be left out: what must be there, the components say. */
  properties?: Readonly<Record<string, Schema>>;
  /** Where all keys are names that the user gives, what each of them holds. */
  additionalProperties?: false | Schema;
  items?: Schema;
}

/** The schema of a value of a type, so that no input can be described as what it is not. */
export type SchemaOf<T> = Schema & { readonly of?: T };

export const text = (example: string): SchemaOf<string> => ({ type: "string", examples: [example] });
/** A text that no message shows. */
export const secretText: SchemaOf<string> = { type: "string", writeOnly: true };
/** What nobody here looks into. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- it may be anything that an input takes
export const anything: SchemaOf<any> = {};
export const number = (example: number): SchemaOf<number> => ({ type: "number", examples: [example] });
export const trueOrFalse = (example: boolean): SchemaOf<boolean> => ({ type: "boolean", examples: [example] });

/** An object with the fields of `T`, all of them, so that no input of a component can be forgotten here. */
export const object = <T>(properties: { [Field in keyof Required<T>]: SchemaOf<Written<T[Field]>> }): SchemaOf<T> => ({
  type: "object",
  properties,
  additionalProperties: false,
});

/** An object whose keys are names that the user gives. */
export const mapOf = <T>(each: SchemaOf<T>): SchemaOf<Record<string, T>> => ({
  type: "object",
  additionalProperties: each,
});

/** An object whose keys are names that the user gives, each with a text. */
export const textsByName = (example: string): SchemaOf<Record<string, string>> => mapOf(text(example));

export const listOf = <T>(items: SchemaOf<T>): SchemaOf<T[]> => ({ type: "array", items });

/** An input as a configuration has it: no Output, and a text where the components take a few words only, which is theirs to say. */
type Written<T> = T extends undefined | Promise<unknown> | pulumi.OutputInstance<unknown>
  ? never
  : T extends string
    ? string
    : T;

/** What each entry of a map or of a list holds; undefined for what has no entries that are alike. */
export function eachOf({ additionalProperties, items }: Schema): Schema | undefined {
  return items ?? (additionalProperties || undefined);
}

/** Whether there is a place for a secret in what a schema describes. */
export function holdsSecret(schema: Schema): boolean {
  const each = eachOf(schema);
  const within = [...Object.values(schema.properties ?? {}), ...(each ? [each] : [])];
  return schema.writeOnly === true || within.some(holdsSecret);
}

/** The schema of what an object or a list of a schema has in a key; undefined where there is no such key. */
export function schemaWithin(schema: Schema, key: string): Schema | undefined {
  const { properties } = schema;
  if (properties === undefined) return eachOf(schema);
  return Object.hasOwn(properties, key) ? properties[key] : undefined;
}

/**
 * Reports whether `value`, under a key that `holder` does not have, may be a secret or hold one: the key may be a misspelled one.
 *
 * @param meant the schema of the key that was most likely meant
 */
export function mayHoldSecret(value: unknown, meant: Schema | undefined, holder: Schema): boolean {
  if (!holdsText(value)) return false;
  const beside = Object.values(holder.properties ?? {});
  if (beside.some(({ writeOnly }) => writeOnly)) return true;
  if (meant !== undefined) return holdsSecret(meant);
  return typeof value === "object" && beside.some(holdsSecret);
}

/** Reports whether there is a text or a number in `value`, at any depth. */
export function holdsText(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some(holdsText);
  return typeof value === "string" || typeof value === "number";
}
