import { relative } from "node:path";
import * as ts from "typescript";
import { repositoryDirectory } from "./file";

/** JSDoc tags of an input or output, the only source of these facts. */
export interface Tags {
  /** File and name of the property, such as `components/longhorn/args.ts: LonghornArgs.version`. */
  declaredAt: string;
  /** `@default`: JSON if the default is a value, otherwise text. */
  default?: string;
  /** `@example`: a value as JSON. For a map or a list, the first entry is used. */
  example?: string;
  /** `@see`: URLs of further documentation. */
  see: readonly string[];
  /** `@secret`: encrypted in the state and in the stack file. */
  isSecret: boolean;
  /** `@secretInState`: encrypted in the state, plain text in the stack file. */
  isSecretInState: boolean;
  /** `@decimal`: a number with a fraction. */
  isDecimal: boolean;
}

const known = ["decimal", "default", "deprecated", "example", "secret", "secretInState", "see"];

/**
 * Returns the tags of a property.
 *
 * @throws Error if a tag is unknown
 */
export function tagsOf(property: ts.Symbol, checker: ts.TypeChecker): Tags {
  const tags = property.getJsDocTags(checker);
  const unknown = tags.filter(({ name }) => !known.includes(name)).map(({ name }) => `@${name}`);
  if (unknown.length > 0) {
    throw new Error(
      `${declaredAt(property)} has the unknown tag ${unknown.join(", ")}; known tags are ${known.map((name) => `@${name}`).join(", ")}`,
    );
  }
  const texts = (wanted: string) => tags.filter(({ name }) => name === wanted).map(({ text }) => inOneLine(text));
  return {
    declaredAt: declaredAt(property),
    default: texts("default")[0],
    example: texts("example")[0],
    see: texts("see"),
    isSecret: texts("secret").length > 0,
    isSecretInState: texts("secretInState").length > 0,
    isDecimal: texts("decimal").length > 0,
  };
}

function declaredAt(property: ts.Symbol): string {
  const [declaration] = property.declarations ?? [];
  if (declaration === undefined) return property.name;
  const file = relative(repositoryDirectory, declaration.getSourceFile().fileName);
  const { parent } = declaration;
  const holder = ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent) ? parent.name?.text : undefined;
  return `${file}: ${holder === undefined ? "" : `${holder}.`}${property.name}`;
}

/** Returns the value of a JSON tag; undefined for text. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns a docstring, or the text of a tag, without line breaks. */
export function inOneLine(parts: ts.SymbolDisplayPart[] = []): string {
  return ts
    .displayPartsToString(parts)
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();
}
