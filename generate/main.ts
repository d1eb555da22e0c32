import { parseArgs } from "node:util";
import type * as ts from "typescript";
import { configReference } from "./config-reference";
import { inputSchemaFiles } from "./config-schema";
import { componentInputs, configValues } from "./config-values";
import { staleFiles, writeStale, type GeneratedFile } from "./file";
import { fixtureSettings } from "./fixture-settings";
import { inputsProgram } from "./inputs-program";
import { jsonReference } from "./json-reference";
import { measurements } from "./measurements";
import { recoveryTimes } from "./recovery-times";
import { renamesFile } from "./renames";
import { schema } from "./schema";
import { schemaNames } from "./schema-names";
import { settingsArgs } from "./settings-args";
import { settingsReference } from "./settings-reference";
import { stackFileSchema } from "./stack-file-schema";

const usage = `npm run generate [-- --check]

Generates files of the repository:
  from the settings table     the inputs for Longhorn's settings, docs/settings.md, the settings of the sandbox's chart
  from the inputs             docs/configuration.md, the JSON Schema of the stack file, schema.json and the list of its names
  from the tool's reports     docs/json.md
  from models and data        the pages on predicted and measured recovery times

  --check   fail if a file is stale, without writing it
  --schema  generate only schema.json and the list of its names (npm run schema)`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { check: { type: "boolean" }, schema: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(usage);
  const program = inputsProgram();
  const files = values.schema
    ? await schemaFiles(program)
    : [
        ...[settingsArgs(), settingsReference(), fixtureSettings(), ...recoveryTimes(), ...measurements()],
        ...[...configFiles(program), jsonReference(), renamesFile(), ...(await schemaFiles(program))],
      ];
  if (!values.check) {
    for (const path of await writeStale(files)) console.log(`${path}: written`);
    return;
  }
  const stale = await staleFiles(files);
  for (const { path } of stale) console.error(`${path} is stale: npm run generate`);
  if (stale.length > 0) process.exitCode = 1;
}

function configFiles(program: ts.Program): GeneratedFile[] {
  const config = configValues(program);
  return [
    ...inputSchemaFiles(componentInputs(program), config),
    stackFileSchema(config, "longhorn-s3"),
    configReference(config, "longhorn-s3"),
  ];
}

async function schemaFiles(program: ts.Program): Promise<GeneratedFile[]> {
  const made = await schema(program);
  return [made, schemaNames(made)];
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
