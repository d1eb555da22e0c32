import * as ts from "typescript";
import { configSchema } from "../stacks/config/schema";
import { eachOf, type Schema } from "../stacks/config/schema-builder";
import { stackConfigType } from "./stack-config-type";

/** One key of the configuration, or of an object in it, as its docstring describes it. */
export interface ConfigKey {
  name: string;
  description: string;
  /** JSON where the default is a value, else words; undefined where there is none to tell. */
  default?: string;
  /** Where more is said. */
  see: readonly string[];
  isRequired: boolean;
  value: ConfigValue;
}

/** What stands in a key. */
export type ConfigValue =
  | { kind: "text" | "number" | "boolean"; example?: string | number | boolean; words?: readonly ConfigWord[] }
  | { kind: "secret" }
  | { kind: "anything" }
  | ConfigObject
  | { kind: "map" | "list"; each: ConfigValue }
  | { kind: "either"; values: readonly ConfigValue[] };

/** An object with keys of its own. */
export interface ConfigObject {
  kind: "object";
  /** Name of its interface. */
  name: string;
  description: string;
  keys: readonly ConfigKey[];
}

/** One of the few texts that are taken. */
export interface ConfigWord {
  word: string;
  description: string;
}

/** The whole configuration: keys and types as the inputs are declared; secrets and examples as the schema has them. */
export function configValues(): ConfigObject {
  const { type, checker } = stackConfigType();
  return objectOf(type, "StackConfig", configSchema, checker);
}

/** An object of the configuration with every place that it can be in, as in `stores.<name>.volume`. */
export interface PlacedObject {
  object: ConfigObject;
  places: readonly string[];
}

/** Every object below the top, each once, in the order in which the configuration has them. */
export function objectsIn(config: ConfigObject): PlacedObject[] {
  const found = new Map<string, { object: ConfigObject; places: string[] }>();
  const lookInto = (value: ConfigValue, place: string): void => {
    if (value.kind === "list") return lookInto(value.each, `${place}[]`);
    if (value.kind === "map") return lookInto(value.each, `${place}.<name>`);
    if (value.kind === "either") return value.values.forEach((one) => lookInto(one, place));
    if (value.kind !== "object") return;
    const known = found.get(value.name);
    if (known !== undefined) return void known.places.push(place);
    found.set(value.name, { object: value, places: [place] });
    value.keys.forEach((key) => lookInto(key.value, `${place}.${key.name}`));
  };
  config.keys.forEach((key) => lookInto(key.value, key.name));
  return [...found.values()];
}

function objectOf(type: ts.Type, name: string, schema: Schema | undefined, checker: ts.TypeChecker): ConfigObject {
  const keys = type.getProperties().map((property): ConfigKey => {
    const tags = property.getJsDocTags(checker);
    const tag = (wanted: string) => tags.filter((one) => one.name === wanted).map(({ text }) => inOneLine(text));
    const [byDefault] = tag("default");
    return {
      name: property.name,
      description: inOneLine(property.getDocumentationComment(checker)),
      ...(byDefault !== undefined && { default: byDefault }),
      see: tag("see"),
      isRequired: (property.flags & ts.SymbolFlags.Optional) === 0,
      value: valueOf(checker.getTypeOfSymbol(property), schema?.properties?.[property.name], checker),
    };
  });
  return { kind: "object", name, description: inOneLine(symbolOf(type)?.getDocumentationComment(checker)), keys };
}

/** What is inside a key: as `type` says, with what only the schema knows. */
function valueOf(type: ts.Type, schema: Schema | undefined, checker: ts.TypeChecker): ConfigValue {
  const byEngine = valueByEngine(type, checker);
  if (byEngine !== undefined) return byEngine;
  const words = wordsOf(type, checker);
  if (schema?.writeOnly) return { kind: "secret" };
  if (schema !== undefined && schema.type === undefined) return { kind: "anything" };
  const [example] = schema?.examples ?? [];
  if (schema?.type === "string") return { kind: "text", example, ...(words.length > 0 && { words }) };
  if (schema?.type === "number" || schema?.type === "boolean") return { kind: schema.type, example };
  return words.length > 0 ? { kind: "text", words } : declaredValue(type, schema, checker);
}

/** Returns what is inside a key that takes one value for every data engine, or a value for each. */
function valueByEngine(type: ts.Type, checker: ts.TypeChecker): ConfigValue | undefined {
  const object = type.isUnion() ? type.types.find(({ symbol }) => /ByEngine$/.test(symbol?.name ?? "")) : undefined;
  const one = object?.getProperty("v1");
  const isEither = type.isUnion() && type.types.filter((part) => !(part.flags & ts.TypeFlags.Undefined)).length > 1;
  if (object === undefined || one === undefined || !isEither) return undefined;
  const each = valueOf(checker.getTypeOfSymbol(one), undefined, checker);
  return { kind: "either", values: [each, objectOf(object, object.symbol.name, undefined, checker)] };
}

/** The same where the type says more than the schema: the keys of an object, and all that the schema does not look into. */
function declaredValue(type: ts.Type, schema: Schema | undefined, checker: ts.TypeChecker): ConfigValue {
  if (isOf(type, ts.TypeFlags.Any)) return { kind: "anything" };
  if (isOf(type, ts.TypeFlags.StringLike)) return { kind: "text" };
  if (isOf(type, ts.TypeFlags.NumberLike)) return { kind: "number" };
  if (isOf(type, ts.TypeFlags.BooleanLike)) return { kind: "boolean" };
  const inside = checker.getNonNullableType(type);
  const each = schema && eachOf(schema);
  const item = checker.isArrayType(inside) ? checker.getIndexTypeOfType(inside, ts.IndexKind.Number) : undefined;
  if (item !== undefined) return { kind: "list", each: valueOf(item, each, checker) };
  const entry = checker.getIndexTypeOfType(inside, ts.IndexKind.String);
  if (entry !== undefined) return { kind: "map", each: valueOf(entry, each, checker) };
  const name = symbolOf(inside)?.name ?? "";
  if (!/^[A-Z]/.test(name)) throw new Error(`no configuration can have the type ${checker.typeToString(type)}`);
  return objectOf(inside, name, schema, checker);
}

function isOf(type: ts.Type, flags: ts.TypeFlags): boolean {
  const parts = type.isUnion() ? type.types.filter((one) => !(one.flags & ts.TypeFlags.Undefined)) : [type];
  return parts.every((one) => (one.flags & flags) !== 0);
}

/** The texts of an enumeration, each with the docstring that it has in the object of the same name. */
function wordsOf(type: ts.Type, checker: ts.TypeChecker): ConfigWord[] {
  const literals = (type.isUnion() ? type.types : [type]).filter((one) => one.isStringLiteral());
  const { aliasSymbol } = type;
  const declaration = aliasSymbol?.valueDeclaration;
  const constants = declaration === undefined ? [] : checker.getTypeAtLocation(declaration).getProperties();
  return literals.map(({ value }) => {
    const constant = constants.find((one) => {
      const its = checker.getTypeOfSymbol(one);
      return its.isStringLiteral() && its.value === value;
    });
    return { word: value, description: inOneLine(constant?.getDocumentationComment(checker)) };
  });
}

/** Of several interfaces in one, the first, which is the component's. */
function symbolOf(type: ts.Type): ts.Symbol | undefined {
  const first = type.isIntersection() ? type.types[0] : type;
  return type.aliasSymbol ?? first?.symbol;
}

function inOneLine(parts: ts.SymbolDisplayPart[] = []): string {
  return ts
    .displayPartsToString(parts)
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();
}
