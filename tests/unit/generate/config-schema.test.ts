import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import {
  longhornSchema,
  nodeFencingSchema,
  objectStoreSchema,
  s3GatewaySchema,
} from "../../../components/input-schemas.generated";
import { objectSchemaOf } from "../../../generate/config-schema";
import { componentInputs, configValues } from "../../../generate/config-values";
import { inputsProgram, programOf } from "../../../generate/inputs-program";
import { configSchema } from "../../../stacks/config/schema.generated";

const directory = mkdtempSync(path.join(tmpdir(), "config-schema-"));
after(() => rmSync(directory, { recursive: true }));

/** The schema of a configuration with these keys. */
function schemaOf(keys: string, types = "") {
  const file = path.join(directory, "config.ts");
  const source = `import type * as pulumi from "@pulumi/pulumi";\n${types}\nexport interface StackConfig {\n${keys}\n}\n`;
  writeFileSync(file, source);
  return objectSchemaOf(configValues(programOf([file]), file));
}

const propertiesOf = (keys: string, types?: string) => schemaOf(keys, types).properties;

describe("the schema of inputs, from types and tags", function () {
  this.timeout("2m");

  it("is the one that the components and the stack's program check by", () => {
    const program = inputsProgram();
    const schemas = [...componentInputs(program), configValues(program)].map(objectSchemaOf);
    const checkedBy = [objectStoreSchema, s3GatewaySchema, longhornSchema, nodeFencingSchema, configSchema];
    assert.deepEqual(schemas, checkedBy, "npm run generate");
  });

  it("has the example of a key, else its default, else the first word", () => {
    const words =
      'export const Mode = { Once: "once", Many: "many" } as const;\nexport type Mode = (typeof Mode)["Once" | "Many"];';
    const keys = `
      /** @example "10Gi" @default "1Gi" */ size: string;
      /** @default 3 */ copies?: number;
      /** @default false */ on?: boolean;
      /** A mode. */ mode: Mode;
      /** @example "many" */ other?: Mode;`;
    assert.deepEqual(propertiesOf(keys, words), {
      size: { type: "string", examples: ["10Gi"] },
      copies: { type: "number", examples: [3] },
      on: { type: "boolean", examples: [false] },
      mode: { type: "string", examples: ["once"] },
      other: { type: "string", examples: ["many"] },
    });
  });

  it("has the first entry of the example of a map or of a list", () => {
    const keys = `
      /** @example { "team": "storage", "zone": "a" } */ labels?: { [key: string]: string };
      /** @example { "--ip": { "node-1": "192.0.2.1" } } */ nodes?: Record<string, Record<string, string>>;
      /** @example [7] */ numbers?: number[];
      /** Anything. */ values?: { [key: string]: any };`;
    const text = (example: string) => ({ type: "string", examples: [example] });
    assert.deepEqual(propertiesOf(keys), {
      labels: { type: "object", additionalProperties: text("storage") },
      nodes: { type: "object", additionalProperties: { type: "object", additionalProperties: text("192.0.2.1") } },
      numbers: { type: "array", items: { type: "number", examples: [7] } },
      values: { type: "object", additionalProperties: { takesOutput: true } },
    });
  });

  it("marks what can be an Output", () => {
    const keys = `
      /** @example "10Gi" */ size: pulumi.Input<string>;
      /** @default 3 */ copies?: pulumi.Input<number>;
      /** @example [true] */ flags?: pulumi.Input<boolean>[];
      /** @example "a" */ name?: string;`;
    assert.deepEqual(propertiesOf(keys), {
      size: { type: "string", examples: ["10Gi"], takesOutput: true },
      copies: { type: "number", examples: [3], takesOutput: true },
      flags: { type: "array", items: { type: "boolean", examples: [true], takesOutput: true } },
      name: { type: "string", examples: ["a"] },
    });
  });

  it("keeps secrets without an example, Outputs and single entries of a map included", () => {
    const keys = `
      /** @secret */ password: pulumi.Input<string>;
      /** @secret */ parameters?: { [key: string]: pulumi.Input<string> };
      /** @secretInState @example "reader" */ user?: pulumi.Input<string>;`;
    assert.deepEqual(propertiesOf(keys), {
      password: { type: "string", writeOnly: true, takesOutput: true },
      parameters: { type: "object", additionalProperties: { type: "string", writeOnly: true, takesOutput: true } },
      user: { type: "string", examples: ["reader"], takesOutput: true },
    });
  });

  it("is not made while a key has no example, which it names with its file, all at once", () => {
    const types = `interface Inner {
      /** How many. @default that of \`size\` */ count?: number;
    }`;
    const keys = `
      /** A size. */ size: string;
      /** @default true */ on?: boolean;
      /** Others. */ inner?: Inner[];`;
    assert.throws(
      () => schemaOf(keys, types),
      ({ message }: Error) => {
        const places = message.split("\n").map((line) => line.slice(line.lastIndexOf("/") + 1).split(" has ")[0]);
        assert.deepEqual(places, ["config.ts: StackConfig.size", "config.ts: Inner.count"]);
        assert.match(
          message,
          /config\.ts: StackConfig\.size has no example: add one as JSON to its docstring, such as @example "10Gi"$/m,
        );
        return true;
      },
    );
  });

  it("is not made with a tag that is unknown, of another type, or on something that it cannot be about", () => {
    const refused: [string, RegExp][] = [
      [
        "/** @secert */ password: string;",
        /config\.ts: StackConfig\.password has the unknown tag @secert; known tags are /,
      ],
      ["/** @example 10Gi */ size: string;", /StackConfig\.size: @example must be JSON with a string, got 10Gi/],
      ['/** @default 3 @example "3" */ copies?: number;', /StackConfig\.copies: @example must be JSON with a number/],
      ['/** @example "a" */ list?: string[];', /StackConfig\.list: @example must be JSON with a string, got "a"/],
      ["/** @secret */ pin: number;", /StackConfig\.pin: @secret requires a string, or a map or list of strings/],
      [
        '/** @example "a" */ odd: string | number;',
        /StackConfig\.odd: the configuration does not support the type string \| number/,
      ],
    ];
    for (const [key, message] of refused) assert.throws(() => schemaOf(key), message, key);
  });
});
