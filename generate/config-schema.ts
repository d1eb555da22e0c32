import type { Schema } from "../components/validation/schema";
import { innermost, objectsIn, type ConfigObject, type ConfigValue, type Scalar } from "./config-values";
import type { GeneratedFile } from "./file";

/** Objects whose keys the component checks, since they depend on the version of Longhorn. */
const checkedByComponents: readonly string[] = ["LonghornSettingsArgs"];

/** Returns the schema by which the stack's program checks its configuration. */
export function configSchemaFile(config: ConfigObject): GeneratedFile {
  const text = `// Made by \`npm run generate\` from the types and tags of the inputs: a change belongs there.
import type { Schema } from "../../components/validation/schema";

/** The schema of the stack's configuration, every key of it. */
export const configSchema: Schema = ${JSON.stringify(configSchemaOf(config))};
`;
  return { path: "stacks/config/schema.generated.ts", text };
}

/** Returns the schema of a configuration; throws for all inputs that lack an example at once. */
export function configSchemaOf(config: ConfigObject): Schema {
  const places = placesWithoutExample(config);
  if (places.length > 0) {
    const lines = places.map(
      (place) => `${place} has no example: add one as JSON to its docstring, as in @example "10Gi"`,
    );
    throw new Error(lines.join("\n"));
  }
  return schemaOf(config);
}

/** A message about a wrong value suggests the example as its fix. */
function placesWithoutExample(config: ConfigObject): string[] {
  const objects = [config, ...objectsIn(config, checkedByComponents).map(({ object }) => object)];
  const without = objects.flatMap(({ keys }) => keys).filter((key) => lacksExample(innermost(key.value)));
  return without.map(({ declaredAt }) => declaredAt);
}

function lacksExample(value: ConfigValue): boolean {
  return "example" in value && value.example === undefined;
}

function examplesOf({ example }: { example?: Scalar }): Pick<Schema, "examples"> {
  return example === undefined ? {} : { examples: [example] };
}

function schemaOf(value: ConfigValue): Schema {
  switch (value.kind) {
    case "text":
      return { type: "string", ...examplesOf(value) };
    case "number":
    case "boolean":
      return { type: value.kind, ...examplesOf(value) };
    case "secret":
      return { type: "string", writeOnly: true };
    case "anything":
    case "either":
      return {};
    case "list":
      return { type: "array", items: schemaOf(value.each) };
    case "map":
      return { type: "object", additionalProperties: schemaOf(value.each) };
    case "object":
      return checkedByComponents.includes(value.name)
        ? { type: "object", additionalProperties: {} }
        : {
            type: "object",
            properties: Object.fromEntries(value.keys.map((key) => [key.name, schemaOf(key.value)])),
            additionalProperties: false,
          };
  }
}
