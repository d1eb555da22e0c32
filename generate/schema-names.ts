import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryDirectory, type GeneratedFile } from "./file";

/** Names that programs in other languages rely on, with their types; for enumerations, the constants with their values. */
export type Names = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Property {
  type?: string;
  $ref?: string;
  items?: Property;
  additionalProperties?: Property;
  oneOf?: readonly Property[];
}

type Properties = Readonly<Record<string, Property>>;

/** Parts of the component schema that are read. */
export interface NamedSchema {
  resources: Readonly<
    Record<
      string,
      {
        inputProperties: Properties;
        requiredInputs: readonly string[];
        properties: Properties;
        required: readonly string[];
      }
    >
  >;
  types: Readonly<
    Record<
      string,
      { properties?: Properties; required?: readonly string[]; enum?: readonly { name: string; value: string }[] }
    >
  >;
}

/** File with all names that the schema has ever had. */
export const namesFile = "tests/construct/schema-names.json";

/** Returns the committed names. */
export function promisedNames(): Names {
  return JSON.parse(readFileSync(join(repositoryDirectory, namesFile), "utf8")) as Names;
}

/** Returns the committed names with the new names of the schema. Removed names stay, so that a test reports them. */
export function schemaNames(schema: GeneratedFile): GeneratedFile {
  const names = withAdded(promisedNames(), namesIn(JSON.parse(schema.text) as NamedSchema));
  return { path: namesFile, text: JSON.stringify(names) };
}

/** Returns all names of a schema. */
export function namesIn({ resources, types }: NamedSchema): Names {
  const ofComponents = Object.entries(resources).flatMap(([token, of]) => [
    [`${nameIn(token)} inputs`, typesOf(of.inputProperties, of.requiredInputs)] as const,
    [`${nameIn(token)} outputs`, typesOf(of.properties, of.required)] as const,
  ]);
  const ofTypes = Object.entries(types).map(([token, { properties, required, enum: words }]) => [
    nameIn(token),
    words ? Object.fromEntries(words.map(({ name, value }) => [name, value])) : typesOf(properties, required),
  ]);
  return Object.fromEntries([...ofComponents, ...ofTypes]) as Names;
}

/** Returns `promised` with the new names of `now`, in alphabetical order. */
export function withAdded(promised: Names, now: Names): Names {
  return sorted({ ...promised, ...now }, (type) => sorted({ ...now[type], ...promised[type] }, (_, text) => text));
}

/** Returns a line for each name of `promised` that was removed or changed. */
export function takenAway(promised: Names, now: Names): string[] {
  return Object.entries(promised).flatMap(([type, names]) => {
    const kept = now[type];
    if (kept === undefined) return [`${type} was removed`];
    return Object.entries(names)
      .filter(([name, text]) => kept[name] !== text)
      .map(
        ([name, text]) =>
          `${type}.${name}: ${text} ${kept[name] === undefined ? "was removed" : `is now ${kept[name]}`}`,
      );
  });
}

const nameIn = (token: string): string => token.split(":").at(-1) ?? token;

/** Returns the types of properties, with `?` for optional ones. */
function typesOf(properties: Properties = {}, required: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      `${typeText(property)}${required.includes(name) ? "" : "?"}`,
    ]),
  );
}

function typeText({ type, $ref, items, additionalProperties, oneOf }: Property): string {
  if (oneOf) return oneOf.map(typeText).join(" or ");
  if (items) return `list of ${typeText(items)}`;
  if (additionalProperties) return `map of ${typeText(additionalProperties)}`;
  return $ref ? nameIn($ref) : (type ?? "anything");
}

function sorted<From, To>(of: Readonly<Record<string, From>>, each: (key: string, from: From) => To) {
  const keys = Object.entries(of).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(keys.map(([key, from]) => [key, each(key, from)]));
}
