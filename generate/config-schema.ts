import type { Schema } from "../components/validation/schema";
import { innermost, objectsIn, type ConfigObject, type ConfigValue, type Scalar } from "./config-values";
import type { GeneratedFile } from "./file";

/** Objects whose keys the component checks, since they depend on the version of Longhorn. */
const checkedByComponents: readonly string[] = ["LonghornSettingsArgs"];

/** Returns the files with the schemas of the components' inputs and of the stack's configuration. */
export function inputSchemaFiles(components: readonly ConfigObject[], config: ConfigObject): GeneratedFile[] {
  requireExamples([...components, config]);
  const schemas: Schemas = new Map();
  for (const component of components) schemaOf(component, schemas);
  const constants = new Map([...schemas].map(([name, schema]) => [schema, constantOf(name)]));
  const declarations = [...schemas].map(
    ([name, schema]) => `/** Schema of \`${name}\`. */\n${declaration(constantOf(name), schema, constants)}`,
  );
  const configDeclaration = declaration("configSchema", schemaOf(config, schemas), constants);
  const imported = [...constants.values()].filter((constant) => configDeclaration.includes(`:${constant}`));
  return [
    {
      path: "components/input-schemas.generated.ts",
      text: [madeBy, 'import type { Schema } from "./validation/schema";\n', ...declarations].join("\n"),
    },
    {
      path: "stacks/config/schema.generated.ts",
      text: `${madeBy}
import { ${imported.join(", ")} } from "../../components/input-schemas.generated";
import type { Schema } from "../../components/validation/schema";

/** Schema of the stack's configuration. */
${configDeclaration}`,
    },
  ];
}

const madeBy = "// Made by `npm run generate` from the types and tags of the inputs: a change belongs there.";

/** Schemas of objects by the names of their interfaces. An object comes after the objects that it contains. */
type Schemas = Map<string, Schema>;

function constantOf(interfaceName: string): string {
  const name = interfaceName.replace(/Args$/, "");
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}Schema`;
}

/** Returns the declaration of a constant, which refers to `constants` for the schemas that it contains. */
function declaration(name: string, schema: Schema, constants: ReadonlyMap<unknown, string>): string {
  const json = JSON.stringify(schema, (_key, inner: unknown) => {
    const constant = inner === schema ? undefined : constants.get(inner);
    return constant === undefined ? inner : `<${constant}>`;
  });
  return `export const ${name}: Schema = ${json.replaceAll(/"<(\w+)>"/g, "$1")};\n`;
}

/** Returns the schema of an object; throws for all inputs without an example at once. */
export function objectSchemaOf(object: ConfigObject): Schema {
  requireExamples([object]);
  return schemaOf(object, new Map());
}

/** A message about a wrong value suggests the example as its fix. */
function requireExamples(roots: readonly ConfigObject[]): void {
  const objects = roots.flatMap((root) => [root, ...objectsIn(root, checkedByComponents).map(({ object }) => object)]);
  const without = objects.flatMap(({ keys }) => keys).filter((key) => lacksExample(innermost(key.value)));
  if (without.length === 0) return;
  const places = [...new Set(without.map(({ declaredAt }) => declaredAt))];
  const lines = places.map(
    (place) => `${place} has no example: add one as JSON to its docstring, as in @example "10Gi"`,
  );
  throw new Error(lines.join("\n"));
}

function lacksExample(value: ConfigValue): boolean {
  return "example" in value && value.example === undefined;
}

function examplesOf({ example }: { example?: Scalar }): Pick<Schema, "examples"> {
  return example === undefined ? {} : { examples: [example] };
}

function outputMarkOf({ takesOutput }: { takesOutput?: true }): Pick<Schema, "takesOutput"> {
  return takesOutput ? { takesOutput } : {};
}

/** Returns the schema of a value, and adds those of the objects in it to `known`. */
function schemaOf(value: ConfigValue, known: Schemas): Schema {
  switch (value.kind) {
    case "text":
      return { type: "string", ...examplesOf(value), ...outputMarkOf(value) };
    case "number":
    case "boolean":
      return { type: value.kind, ...examplesOf(value), ...outputMarkOf(value) };
    case "secret":
      return { type: "string", writeOnly: true, ...outputMarkOf(value) };
    case "anything":
      return { takesOutput: true };
    case "either":
      return {};
    case "list":
      return { type: "array", items: schemaOf(value.each, known) };
    case "map":
      return { type: "object", additionalProperties: schemaOf(value.each, known) };
    case "object":
      return checkedByComponents.includes(value.name)
        ? { type: "object", additionalProperties: {} }
        : (known.get(value.name) ?? newSchemaOf(value, known));
  }
}

function newSchemaOf({ name, keys }: ConfigObject, known: Schemas): Schema {
  const schema: Schema = {
    type: "object",
    properties: Object.fromEntries(keys.map((key) => [key.name, schemaOf(key.value, known)])),
    additionalProperties: false,
  };
  known.set(name, schema);
  return schema;
}
