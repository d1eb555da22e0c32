import type { GeneratedFile } from "./file";
import { objectsIn, type ConfigKey, type ConfigObject, type ConfigValue } from "./config-values";

/** A JSON Schema, or a part of one. */
type JsonSchema = Record<string, unknown>;

/** Where the schema is, from the folder of the project's files. */
export const stackFileSchemaPath = "stacks/Pulumi.stack.schema.json";

/** The JSON Schema of a file `Pulumi.<stack>.yaml`, for editors. */
export function stackFileSchema(config: ConfigObject, project: string): GeneratedFile {
  const names = config.keys.map(({ name }) => name);
  const keys = config.keys.map((key) => [`${project}:${key.name}`, topLevel(key)]);
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    $comment: "Made by `npm run generate` from the inputs of the components: a change belongs there.",
    title: "Pulumi.<stack>.yaml of longhorn-s3",
    type: "object",
    properties: {
      config: {
        description: config.description,
        type: "object",
        properties: Object.fromEntries(keys) as JsonSchema,
        patternProperties: { [`^${project}:(?!(?:${names.join("|")})$)`]: false },
      },
      encryptionsalt: { description: "Pulumi's own: what the passphrase is checked with.", type: "string" },
      secretsprovider: { description: "Pulumi's own: who encrypts the secrets.", type: "string" },
      encryptedkey: { description: "Pulumi's own: the key of the secrets, encrypted.", type: "string" },
      environment: { description: "Environments of Pulumi ESC that values are taken from." },
    },
    definitions: {
      Secret: {
        description: "A value that `pulumi config set --secret` has encrypted.",
        type: "object",
        properties: { secure: { type: "string" } },
        required: ["secure"],
        additionalProperties: false,
      },
      ...Object.fromEntries(objectsIn(config).map(({ object }) => [object.name, objectSchema(object)])),
    },
  };
  return { path: stackFileSchemaPath, text: JSON.stringify(schema) };
}

/** A key of the file. Without `--path`, Pulumi's CLI writes every value as a text; and it may encrypt a key as a whole. */
function topLevel(key: ConfigKey): JsonSchema {
  const plain = key.value.kind === "boolean" ? { enum: [true, false, "true", "false"] } : valueSchema(key.value);
  // A store may have the name "secure".
  const isSecret = { type: "object", properties: { secure: { type: "string" } }, required: ["secure"] };
  return { ...annotations(key), if: isSecret, then: secret, else: plain };
}

function keySchema(key: ConfigKey): JsonSchema {
  return { ...annotations(key), ...valueSchema(key.value) };
}

function annotations({ description, see, ...key }: ConfigKey): JsonSchema {
  const byDefault = key.default === undefined ? [] : [`Default: ${key.default}.`];
  const known = key.default === undefined ? undefined : valueIn(key.default);
  return {
    description: [description, ...byDefault, ...see].join("\n\n"),
    ...(known !== undefined && { default: known }),
  };
}

const secret = { $ref: "#/definitions/Secret" };

function valueSchema(value: ConfigValue): JsonSchema {
  const examples = "example" in value ? { examples: [value.example] } : {};
  switch (value.kind) {
    case "text":
      return value.words === undefined
        ? { ...examples, type: "string" }
        : {
            type: "string",
            enum: value.words.map(({ word }) => word),
            ...(value.words.some(({ description }) => description !== "") && {
              markdownEnumDescriptions: value.words.map(({ description }) => description),
            }),
          };
    case "number":
    case "boolean":
      return { type: value.kind, ...examples };
    case "secret":
      return { allOf: [secret] };
    case "anything":
      return {};
    case "list":
      return { type: "array", items: valueSchema(value.each) };
    case "map":
      return { type: "object", additionalProperties: valueSchema(value.each) };
    case "either":
      return { anyOf: value.values.map(valueSchema) };
    case "object":
      return { allOf: [{ $ref: `#/definitions/${value.name}` }] };
  }
}

function objectSchema({ description, keys }: ConfigObject): JsonSchema {
  const required = keys.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return {
    ...(description !== "" && { description }),
    type: "object",
    properties: Object.fromEntries(keys.map((key) => [key.name, keySchema(key)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** A default that is a value; undefined where it is told in words. */
function valueIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
