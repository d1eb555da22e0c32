import { join } from "node:path";
import * as ts from "typescript";
import { repositoryDirectory } from "./file";
import { stackConfigFile } from "./inputs-program";
import { inOneLine, jsonIn, tagsOf, type Tags } from "./tags";

/** Key of the configuration, or of an object in it, as declared in the sources. */
export interface ConfigKey {
  name: string;
  description: string;
  /** JSON if the default is a value, otherwise text; undefined if there is none. */
  default?: string;
  /** URLs of further documentation. */
  see: readonly string[];
  isRequired: boolean;
  /** File and name of the input, such as `components/longhorn/args.ts: LonghornArgs.version`. */
  declaredAt: string;
  value: ConfigValue;
}

/** Value of a key. */
export type ConfigValue =
  | { kind: "text" | "number" | "boolean"; example?: Scalar; words?: readonly ConfigWord[]; takesOutput?: true }
  | { kind: "secret"; takesOutput?: true }
  | { kind: "anything" }
  | ConfigObject
  | { kind: "map" | "list"; each: ConfigValue }
  | { kind: "either"; values: readonly ConfigValue[] };

export type Scalar = string | number | boolean;

/** Object with keys. */
export interface ConfigObject {
  kind: "object";
  /** Name of its interface. */
  name: string;
  description: string;
  keys: readonly ConfigKey[];
}

/** Value of an enumeration. */
export interface ConfigWord {
  word: string;
  description: string;
}

/** Returns the whole configuration from the types, docstrings and tags of the interface `StackConfig`. */
export function configValues(program: ts.Program, file = stackConfigFile): ConfigObject {
  return interfaceIn(program, file, "StackConfig");
}

/** Interfaces of the components' arguments, by the files that declare them. */
const componentInterfaces = {
  "components/object-store-args.ts": "ObjectStoreArgs",
  "components/gateway/args.ts": "S3GatewayArgs",
  "components/longhorn/args.ts": "LonghornArgs",
  "components/fencing/args.ts": "NodeFencingArgs",
};

/** Returns the inputs of each component in the same form as the configuration. */
export function componentInputs(program: ts.Program): ConfigObject[] {
  return Object.entries(componentInterfaces).map(([file, name]) =>
    interfaceIn(program, join(repositoryDirectory, file), name),
  );
}

function interfaceIn(program: ts.Program, file: string, name: string): ConfigObject {
  const checker = program.getTypeChecker();
  const declared = program
    .getSourceFile(file)
    ?.statements.find((statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name);
  if (declared === undefined) throw new Error(`${file} declares no interface ${name}`);
  return objectOf(checker.getTypeAtLocation(declared), name, checker);
}

/** Object of the configuration with all of its paths, such as `stores.<name>.volume`. */
export interface PlacedObject {
  object: ConfigObject;
  places: readonly string[];
}

/**
 * Returns all objects below the top level without duplicates, in the order of the configuration.
 *
 * @param except names of objects to omit together with the objects in them
 */
export function objectsIn(config: ConfigObject, except: readonly string[] = []): PlacedObject[] {
  const found = new Map<string, { object: ConfigObject; places: string[] }>();
  const lookInto = (value: ConfigValue, place: string): void => {
    if (value.kind === "list") return lookInto(value.each, `${place}[]`);
    if (value.kind === "map") return lookInto(value.each, `${place}.<name>`);
    if (value.kind === "either") return value.values.forEach((one) => lookInto(one, place));
    if (value.kind !== "object" || except.includes(value.name)) return;
    const known = found.get(value.name);
    if (known !== undefined) return void known.places.push(place);
    found.set(value.name, { object: value, places: [place] });
    value.keys.forEach((key) => lookInto(key.value, `${place}.${key.name}`));
  };
  config.keys.forEach((key) => lookInto(key.value, key.name));
  return [...found.values()];
}

/** Returns the value in nested maps and lists. */
export function innermost(value: ConfigValue): ConfigValue {
  return value.kind === "map" || value.kind === "list" ? innermost(value.each) : value;
}

function objectOf(type: ts.Type, name: string, checker: ts.TypeChecker): ConfigObject {
  const keys = type.getProperties().map((property): ConfigKey => {
    const tags = tagsOf(property, checker);
    const value = valueOf(checker.getTypeOfSymbol(property), tags, jsonIn(tags.example ?? ""), checker);
    if (tags.isSecret && innermost(value).kind !== "secret") {
      throw new Error(`${tags.declaredAt}: @secret requires a string, or a map or list of strings`);
    }
    return {
      name: property.name,
      description: inOneLine(property.getDocumentationComment(checker)),
      ...(tags.default !== undefined && { default: tags.default }),
      see: tags.see,
      isRequired: (property.flags & ts.SymbolFlags.Optional) === 0,
      declaredAt: tags.declaredAt,
      value: isInput(property) ? takingOutputs(value) : value,
    };
  });
  return { kind: "object", name, description: inOneLine(symbolOf(type)?.getDocumentationComment(checker)), keys };
}

/** Reports whether the declared type of a property, or of its entries, is Pulumi's `Input`. */
function isInput({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((one) => ts.isPropertySignature(one) && one.type !== undefined && namesInput(one.type));
}

function namesInput(node: ts.Node): boolean {
  if (ts.isTypeReferenceNode(node) && node.typeName.getText() === "pulumi.Input") return true;
  return ts.forEachChild(node, namesInput) ?? false;
}

/** Marks a value, or each entry of a map or list, as accepting Outputs. */
function takingOutputs(value: ConfigValue): ConfigValue {
  switch (value.kind) {
    case "map":
    case "list":
      return { ...value, each: takingOutputs(value.each) };
    case "text":
    case "number":
    case "boolean":
    case "secret":
      return { ...value, takesOutput: true };
    case "anything":
    case "either":
    case "object":
      return value;
  }
}

/**
 * Returns the value of a type.
 *
 * @param example example of the value
 */
function valueOf(type: ts.Type, tags: Tags, example: unknown, checker: ts.TypeChecker): ConfigValue {
  if (isOf(type, ts.TypeFlags.Any)) return { kind: "anything" };
  if (isOf(type, ts.TypeFlags.StringLike)) {
    return tags.isSecret ? { kind: "secret" } : textOf(wordsOf(type, checker), tags, example);
  }
  if (isOf(type, ts.TypeFlags.NumberLike)) return { kind: "number", example: exampleOf("number", tags, example) };
  if (isOf(type, ts.TypeFlags.BooleanLike)) return { kind: "boolean", example: exampleOf("boolean", tags, example) };
  const inside = checker.getNonNullableType(type);
  const item = checker.isArrayType(inside) ? checker.getIndexTypeOfType(inside, ts.IndexKind.Number) : undefined;
  if (item !== undefined) return { kind: "list", each: valueOf(item, tags, firstIn(example), checker) };
  const entry = checker.getIndexTypeOfType(inside, ts.IndexKind.String);
  if (entry !== undefined) return { kind: "map", each: valueOf(entry, tags, firstIn(example), checker) };
  const byEngine = valueByEngine(inside, tags, checker);
  if (byEngine !== undefined) return byEngine;
  const name = symbolOf(inside)?.name ?? "";
  if (!/^[A-Z]/.test(name)) {
    throw new Error(`${tags.declaredAt}: the configuration does not support the type ${checker.typeToString(type)}`);
  }
  return objectOf(inside, name, checker);
}

/** Returns the value of a key that accepts either one value for all data engines, or a value per engine. */
function valueByEngine(type: ts.Type, tags: Tags, checker: ts.TypeChecker): ConfigValue | undefined {
  const object = type.isUnion() ? type.types.find(({ symbol }) => /ByEngine$/.test(symbol?.name ?? "")) : undefined;
  const one = object?.getProperty("v1");
  if (object === undefined || one === undefined) return undefined;
  const each = valueOf(checker.getTypeOfSymbol(one), tags, jsonIn(tags.example ?? ""), checker);
  return { kind: "either", values: [each, objectOf(object, object.symbol.name, checker)] };
}

function textOf(words: readonly ConfigWord[], tags: Tags, given: unknown): ConfigValue {
  const example = exampleOf("string", tags, given) ?? words[0]?.word;
  return { kind: "text", example, ...(words.length > 0 && { words }) };
}

/** Returns the example, or the default if it is a value of the type. */
function exampleOf(type: "string" | "number" | "boolean", tags: Tags, example: unknown): Scalar | undefined {
  const value = tags.example === undefined ? jsonIn(tags.default ?? "") : example;
  if (typeof value === type) return value as Scalar;
  if (tags.example === undefined) return undefined;
  throw new Error(`${tags.declaredAt}: @example must be JSON with a ${type}, got ${tags.example}`);
}

/** Returns the first entry of a map's or list's example. */
function firstIn(example: unknown): unknown {
  return typeof example === "object" && example !== null ? Object.values(example)[0] : undefined;
}

function isOf(type: ts.Type, flags: ts.TypeFlags): boolean {
  const parts = type.isUnion() ? type.types.filter((one) => !(one.flags & ts.TypeFlags.Undefined)) : [type];
  return parts.every((one) => (one.flags & flags) !== 0);
}

/** Returns the values of an enumeration in the order of the constant with the same name, with their docstrings. */
function wordsOf(type: ts.Type, checker: ts.TypeChecker): ConfigWord[] {
  const words = (type.isUnion() ? type.types : [type]).flatMap((one) => (one.isStringLiteral() ? [one.value] : []));
  const constants = constantsOf(type, checker);
  const named = [...constants.keys()].filter((word) => words.includes(word));
  const others = words.filter((word) => !constants.has(word));
  return [...named, ...others].map((word) => ({ word, description: constants.get(word) ?? "" }));
}

/** Returns the values in the constant of a type, with their docstrings. */
function constantsOf({ aliasSymbol }: ts.Type, checker: ts.TypeChecker): ReadonlyMap<string, string> {
  const object = aliasSymbol?.valueDeclaration;
  const constants = object === undefined ? [] : checker.getTypeAtLocation(object).getProperties();
  return new Map(
    constants.flatMap((constant) => {
      const type = checker.getTypeOfSymbol(constant);
      return type.isStringLiteral()
        ? [[type.value, inOneLine(constant.getDocumentationComment(checker))] as const]
        : [];
    }),
  );
}

/** Returns the symbol of a type; for an intersection, that of its first interface, which is the component's. */
function symbolOf(type: ts.Type): ts.Symbol | undefined {
  const first = type.isIntersection() ? type.types[0] : type;
  return type.aliasSymbol ?? first?.symbol;
}
