import { join } from "node:path";
import { ComponentProvider, getPulumiComponents } from "@pulumi/pulumi/provider/experimental";
import * as ts from "typescript";
import { longhornSettings } from "../components/longhorn/settings/table";
import * as library from "../index";
import { extendAnalyzer } from "./analyzer";
import { repositoryDirectory, type GeneratedFile } from "./file";

/** Properties that are secret, by their type. A map is one as a whole: the schema has no word for its values. */
const secrets: Readonly<Record<string, readonly string[]>> = {
  ObjectStore: ["accessKeyId", "secretAccessKey"],
  S3Gateway: ["accessKeyId", "secretAccessKey"],
  ChartRepositoryArgs: ["username", "password"],
  LonghornImagesArgs: ["username", "password"],
  BackupCredentialsArgs: ["accessKeyId", "secretAccessKey"],
  FenceAgentArgs: ["credentials"],
};

/** Numbers that are not whole, by their type. */
const decimals: Readonly<Record<string, readonly string[]>> = {
  RecoveryTime: ["p50Seconds", "p95Seconds", "p99Seconds"],
  NumberByEngine: ["v1", "v2"],
  LonghornSettingsArgs: longhornSettings.flatMap(({ type, input }) => (type === "float" && input ? [input] : [])),
};

interface Property {
  type?: string;
  description?: string;
  optional?: boolean;
  secret?: boolean;
  items?: Property;
  additionalProperties?: Property;
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

/** The schema of the components for other languages: what the SDK's analyzer reads off the sources, and what it cannot say. */
export async function schema(): Promise<GeneratedFile> {
  extendAnalyzer();
  const provider = new ComponentProvider({
    components: getPulumiComponents(library),
    dirname: repositoryDirectory,
    name: "longhorn-s3",
  });
  const analyzed = JSON.parse(await provider.getSchema()) as Schema;
  const comments = new Comments();
  for (const [token, resource] of Object.entries(analyzed.resources)) {
    const name = nameIn(token);
    refine(name, resource.properties, comments.defaultsOf(name));
    refine(name, resource.inputProperties, comments.defaultsOf(`${name}Args`));
  }
  for (const [token, type] of Object.entries(analyzed.types)) {
    const name = nameIn(token);
    type.description ??= comments.of(name);
    refine(name, type.properties, comments.defaultsOf(name));
  }
  analyzed.meta = { supportPack: true }; // `gen-sdk` makes what `package add` does: a Go module whose imports lead into itself
  return {
    path: "schema.json",
    text: JSON.stringify(analyzed).replace(typeOfInputs, (_, name: string) => typeName(name)),
  };
}

const typeOfInputs = /(?<=longhorn-s3:index:)(\w+)Args(?=")/g;

/** SDKs append `Args` themselves: so `VolumeArgs` is that in every language. A type may not be called as a component is. */
const typeName = (name: string): string => (name === "Longhorn" ? "LonghornInstallation" : name);

const nameIn = (token: string): string => token.split(":")[2] ?? token;

function refine(
  type: string,
  properties: Record<string, Property> = {},
  defaults: ReadonlyMap<string, string> = new Map(),
): void {
  for (const [name, property] of Object.entries(properties)) {
    delete property.optional; // `required` says it
    if (secrets[type]?.includes(name)) property.secret = true;
    if (!decimals[type]?.includes(name)) wholeNumbers(property);
    const byDefault = defaults.get(name);
    if (byDefault !== undefined) property.description = `${property.description ?? ""}\n\nDefault: ${byDefault}`;
  }
}

function wholeNumbers(property: Property): void {
  if (property.type === "number") property.type = "integer";
  if (property.items) wholeNumbers(property.items);
  if (property.additionalProperties) wholeNumbers(property.additionalProperties);
}

/** What the comments in the sources say of types and of defaults, which the SDK's analyzer leaves out. */
class Comments {
  private readonly checker: ts.TypeChecker;
  private readonly types = new Map<string, ts.Symbol>();

  constructor() {
    const file = join(repositoryDirectory, "tsconfig.json");
    const { config } = ts.readConfigFile(file, (path) => ts.sys.readFile(path)) as { config: unknown };
    const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, repositoryDirectory);
    const program = ts.createProgram({ rootNames: fileNames, options });
    this.checker = program.getTypeChecker();
    const own = program
      .getSourceFiles()
      .filter(({ fileName }) => fileName.startsWith(join(repositoryDirectory, "components")));
    for (const source of own) source.forEachChild((node) => this.note(node));
  }

  /** What a type means. */
  of(type: string): string | undefined {
    const symbol = this.types.get(type);
    const text = symbol && ts.displayPartsToString(symbol.getDocumentationComment(this.checker));
    return text === "" ? undefined : text;
  }

  /** The defaults of a type's properties, inherited ones included. */
  defaultsOf(type: string): ReadonlyMap<string, string> {
    const symbol = this.types.get(type);
    const properties = symbol ? this.checker.getDeclaredTypeOfSymbol(symbol).getProperties() : [];
    return new Map(
      properties.flatMap((property) => {
        const tag = property.getJsDocTags(this.checker).find(({ name }) => name === "default");
        return tag ? [[property.name, ts.displayPartsToString(tag.text)] as const] : [];
      }),
    );
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
