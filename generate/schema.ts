import { join } from "node:path";
import { ComponentProvider, getPulumiComponents } from "@pulumi/pulumi/provider/experimental";
import * as ts from "typescript";
import * as library from "../index";
import { extendAnalyzer } from "./analyzer";
import { repositoryDirectory, type GeneratedFile } from "./file";
import { tagsOf, type Tags } from "./tags";

interface Property {
  type?: string;
  description?: string;
  optional?: boolean;
  secret?: boolean;
  items?: Property;
  additionalProperties?: Property;
  oneOf?: Property[];
}

interface Described {
  description?: string;
  properties?: Record<string, Property>;
  inputProperties?: Record<string, Property>;
}

interface Schema {
  resources: Record<string, Described>;
  types: Record<string, Described>;
  meta?: { supportPack: boolean };
}

/** Returns the schema of the components for other languages: the result of the SDK's analyzer, and facts that it cannot express. */
export async function schema(program: ts.Program): Promise<GeneratedFile> {
  extendAnalyzer();
  const provider = new ComponentProvider({
    components: getPulumiComponents(library),
    dirname: repositoryDirectory,
    name: "longhorn-s3",
  });
  const analyzed = JSON.parse(await provider.getSchema()) as Schema;
  const comments = new Comments(program);
  for (const [token, resource] of Object.entries(analyzed.resources)) {
    const name = nameIn(token);
    refine(resource.properties, (property) => comments.tagsOf(name, property));
    refine(resource.inputProperties, (property) => comments.tagsOf(`${name}Args`, property));
  }
  for (const [token, type] of Object.entries(analyzed.types)) {
    const name = nameIn(token);
    type.description ??= comments.of(name);
    refine(type.properties, (property) => comments.tagsOf(name, property));
  }
  analyzed.meta = { supportPack: true }; // makes `gen-sdk` generate the same Go module as `package add`, with correct imports
  return {
    path: "schema.json",
    text: JSON.stringify(analyzed).replace(typeOfInputs, (_, name: string) => typeName(name)),
  };
}

const typeOfInputs = /(?<=longhorn-s3:index:)(\w+)Args(?=")/g;

/**
 * Returns the name of an arguments type. SDKs append `Args`, so `VolumeArgs` has that name in every language. A type must not
 * have the name of a component.
 */
const typeName = (name: string): string => (name === "Longhorn" ? "LonghornInstallation" : name);

const nameIn = (token: string): string => token.split(":")[2] ?? token;

function refine(properties: Record<string, Property> = {}, tagsIn: (property: string) => Tags | undefined): void {
  for (const [name, property] of Object.entries(properties)) {
    delete property.optional; // redundant with `required`
    const tags = tagsIn(name);
    if (tags?.isSecret || tags?.isSecretInState) property.secret = true; // for a map, all of it
    if (!tags?.isDecimal) wholeNumbers(property);
    if (tags?.default !== undefined) {
      property.description = `${property.description ?? ""}\n\nDefault: ${tags.default}`;
    }
  }
}

function wholeNumbers(property: Property): void {
  if (property.type === "number") property.type = "integer";
  if (property.items) wholeNumbers(property.items);
  if (property.additionalProperties) wholeNumbers(property.additionalProperties);
  property.oneOf?.forEach(wholeNumbers);
}

/** Docstrings of types and tags of their properties, which the SDK's analyzer ignores. */
class Comments {
  private readonly checker: ts.TypeChecker;
  private readonly types = new Map<string, ts.Symbol>();

  constructor(program: ts.Program) {
    this.checker = program.getTypeChecker();
    const own = program
      .getSourceFiles()
      .filter(({ fileName }) => fileName.startsWith(join(repositoryDirectory, "components")));
    for (const source of own) source.forEachChild((node) => this.note(node));
  }

  /** Returns the docstring of a type. */
  of(type: string): string | undefined {
    const symbol = this.types.get(type);
    const text = symbol && ts.displayPartsToString(symbol.getDocumentationComment(this.checker));
    return text === "" ? undefined : text;
  }

  /** Returns the tags of a property, which may be inherited. */
  tagsOf(type: string, property: string): Tags | undefined {
    const symbol = this.types.get(type);
    const declared = symbol && this.checker.getDeclaredTypeOfSymbol(symbol);
    const found = declared && this.checker.getPropertyOfType(declared, property);
    return found && tagsOf(found, this.checker);
  }

  private note(node: ts.Node): void {
    if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) this.add(node.name);
    if (ts.isVariableStatement(node)) for (const { name } of node.declarationList.declarations) this.add(name);
  }

  private add(name: ts.Node | undefined): void {
    const symbol = name && this.checker.getSymbolAtLocation(name);
    if (symbol) this.types.set(symbol.name, symbol);
  }
}
