import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import * as ts from "typescript";
import { repositoryDirectory } from "./file";

/** Type as declared in the sources. */
export interface Declaration {
  /** File and name. */
  id: string;
  name: string;
  /** Text with its docstring, without parts that only the sources need. */
  text: string;
  /** Keys of an interface: its own, then those of its base interfaces. */
  keys: readonly Key[];
}

export interface Key {
  name: string;
  isOptional: boolean;
}

type TypeDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/**
 * Returns a type and all types of the repository that it depends on, without duplicates, in the order of their use. It parses
 * the sources without a type checker.
 *
 * @param file path in the repository
 */
export function declarationsOf(name: string, file: string): Declaration[] {
  const found = new Map<string, Declaration>();
  collect(name, file, found);
  return [...found.values()];
}

function collect(name: string, file: string, found: Map<string, Declaration>): void {
  const place = placeOf(name, file);
  if (place === undefined) return;
  const { source, path, node } = place;
  const id = `${path} ${node.name.text}`;
  if (found.has(id)) return;
  found.set(id, { id, name: node.name.text, text: textOf(node, source, path), keys: keysOf(place) });
  if (wordsOf(node, path) !== undefined) return;
  for (const needed of namesIn(node, source)) collect(needed, path, found);
}

function keysOf({ source, path, node }: Place): Key[] {
  if (!ts.isInterfaceDeclaration(node)) return [];
  const own = node.members.map((one) => ({
    name: one.name?.getText(source) ?? "",
    isOptional: one.questionToken !== undefined,
  }));
  const inherited = (node.heritageClauses ?? [])
    .flatMap(({ types }) => types.map(({ expression }) => placeOf(expression.getText(source), path)))
    .flatMap((base) => (base === undefined ? [] : keysOf(base)));
  return [...own, ...inherited];
}

interface Place {
  source: ts.SourceFile;
  path: string;
  node: TypeDeclaration;
}

/** Returns the declaration of a name in a file; undefined if it is outside of the repository or not a type. */
function placeOf(name: string, path: string): Place | undefined {
  const source = sourceOf(path);
  const own = source.statements.find(
    (statement): statement is TypeDeclaration =>
      (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) && statement.name.text === name,
  );
  if (own !== undefined) return { source, path, node: own };
  const imported = importOf(name, source);
  if (imported === undefined) return undefined;
  const file = fileOf(imported.from, path);
  return file === undefined ? undefined : placeOf(imported.name, file);
}

const sources = new Map<string, ts.SourceFile>();

function sourceOf(path: string): ts.SourceFile {
  const known = sources.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(join(repositoryDirectory, path), "utf8");
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  sources.set(path, source);
  return source;
}

/** Returns the module that a name is imported from, and its name there. */
function importOf(name: string, source: ts.SourceFile): { from: string; name: string } | undefined {
  for (const statement of source.statements) {
    const isImport = ts.isImportDeclaration(statement);
    if (!isImport && !ts.isExportDeclaration(statement)) continue;
    const from = statement.moduleSpecifier;
    if (from === undefined || !ts.isStringLiteral(from)) continue;
    const clause = isImport ? statement.importClause?.namedBindings : statement.exportClause;
    const names =
      clause !== undefined && (ts.isNamedImports(clause) || ts.isNamedExports(clause)) ? clause.elements : [];
    for (const element of names) {
      if (element.name.text === name) return { from: from.text, name: (element.propertyName ?? element.name).text };
    }
  }
  return undefined;
}

function fileOf(from: string, importer: string): string | undefined {
  if (!from.startsWith(".")) return undefined;
  const path = normalize(join(dirname(importer), from));
  return [`${path}.ts`, join(path, "index.ts")].find((one) => existsSync(join(repositoryDirectory, one)));
}

/** Returns the names of types that a declaration uses. */
function namesIn(node: ts.Node, source: ts.SourceFile): string[] {
  const names: string[] = [];
  const visit = (part: ts.Node): void => {
    if (ts.isTypeReferenceNode(part)) names.push(part.typeName.getText(source));
    if (ts.isExpressionWithTypeArguments(part)) names.push(part.expression.getText(source));
    ts.forEachChild(part, visit);
  };
  visit(node);
  return names;
}

/**
 * Returns the values of a type that is derived from a constant: `(typeof X)[keyof typeof X]`, `(typeof X)[number]`, `keyof
 * typeof X`.
 */
function wordsOf(node: TypeDeclaration, path: string): (string | number)[] | undefined {
  if (!ts.isTypeAliasDeclaration(node)) return undefined;
  const text = node.type.getText(node.getSourceFile());
  const [, keysOf] = /^keyof typeof (\w+)$/.exec(text) ?? [];
  if (keysOf !== undefined) return constantOf(keysOf, path).keys;
  const [, valuesOf] = /^\(typeof (\w+)\)\[(?:number|keyof typeof \1)\]$/.exec(text) ?? [];
  return valuesOf === undefined ? undefined : constantOf(valuesOf, path).values;
}

function textOf(node: TypeDeclaration, source: ts.SourceFile, path: string): string {
  const words = wordsOf(node, path)?.map((word) => JSON.stringify(word));
  if (words !== undefined) return `type ${node.name.text} = ${words.join(" | ")};`;
  const text = source.text.slice(node.getStart(source, true), node.end).replace(/^export /m, "");
  // The version of a report is a constant in the same file.
  return text.replaceAll(/typeof (\w+)/g, (all, name: string) => {
    const [value] = constantOf(name, path).values;
    return value === undefined ? all : JSON.stringify(value);
  });
}

/** Returns the numbers and strings in a constant of a file, and its keys if it is an object. */
function constantOf(name: string, path: string): { values: (string | number)[]; keys: string[] } {
  const source = sourceOf(path);
  const values: (string | number)[] = [];
  const keys: string[] = [];
  const visit = (part: ts.Node): void => {
    if (ts.isNumericLiteral(part)) values.push(Number(part.text));
    else if (ts.isStringLiteral(part)) values.push(part.text);
    else if (ts.isPropertyAssignment(part)) {
      keys.push(ts.isStringLiteral(part.name) ? part.name.text : part.name.getText(source));
      visit(part.initializer);
    } else ts.forEachChild(part, visit);
  };
  for (const statement of source.statements.filter(ts.isVariableStatement)) {
    for (const { name: declared, initializer } of statement.declarationList.declarations) {
      if (declared.getText(source) === name && initializer !== undefined) visit(initializer);
    }
  }
  return { values, keys };
}
