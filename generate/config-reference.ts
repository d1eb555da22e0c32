import type { GeneratedFile } from "./file";
import { objectsIn, type ConfigKey, type ConfigObject, type ConfigValue, type PlacedObject } from "./config-values";
import { stackFileSchemaPath } from "./stack-file-schema";
import { jsonIn } from "./tags";

/** Objects with a separate page. */
const elsewhere: Readonly<Record<string, string>> = { LonghornSettingsArgs: "settings.md" };

/** Returns the reference page of the configuration. */
export function configReference(config: ConfigObject, project: string): GeneratedFile {
  const sections = objectsIn(config, Object.keys(elsewhere));
  const text = `# Configuration

All configuration keys of the program in \`stacks/\`. In \`Pulumi.<stack>.yaml\` they have the prefix \`${project}:\`. This page and the JSON
Schema for editors, \`${stackFileSchemaPath}\`, are generated from the inputs of the components (\`npm run generate\`).
[environments.md](environments.md) describes how to create a stack.

- \`pulumi config set -s dev --path '${project}:stores.photos.volume.size' 20Gi\` sets a key; \`--path\` is required for keys of an object.
- A **secret** must be encrypted in the file: \`pulumi config set -s dev --secret --path KEY\` prompts for it. Other strings must not be
  encrypted, because they are stored in the stack's state in plain text. In a key that is encrypted as a whole, only the secrets stay secret.
- \`<name>\` is a name of your choice; \`[]\` is an index of a list, starting at 0: \`volume.recurringJobs[0].cron\`.
- With \`# yaml-language-server: $schema=./${stackFileSchemaPath}\` as its first line, editors complete and validate the file. The program checks
  everything else (contradictions, names, quantities) before it deploys anything, and reports all problems at once.

## The keys

${table(config, sections)}

${sections.map((section) => sectionText(section, sections)).join("\n\n")}
`;
  return { path: "docs/configuration.md", text };
}

function sectionText({ object, places }: PlacedObject, sections: readonly PlacedObject[]): string {
  const [place = "", ...others] = places;
  const also = others.length === 0 ? "" : ` Also ${others.map((other) => `\`${other}\``).join(", ")}.`;
  return `## ${heading(place)}\n\n${object.description}${also}\n\n${table(object, sections)}`;
}

function table({ keys }: ConfigObject, sections: readonly PlacedObject[]): string {
  const rows = keys.map((key) => {
    const cells = [`\`${key.name}\``, typeText(key.value, sections), defaultText(key), whatItDoes(key)];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return `| Key | Value | Default | Description |\n| --- | --- | --- | --- |\n${rows.join("\n")}`;
}

function typeText(value: ConfigValue, sections: readonly PlacedObject[]): string {
  switch (value.kind) {
    case "text":
      return value.words === undefined
        ? "string"
        : value.words.map(({ word }) => `\`${JSON.stringify(word)}\``).join(", ");
    case "number":
      return "number";
    case "boolean":
      return "true or false";
    case "secret":
      return "**secret**";
    case "anything":
      return "any value";
    case "list":
      return `list: ${typeText(value.each, sections)}`;
    case "map":
      return `map: ${typeText(value.each, sections)}`;
    case "either":
      return value.values.map((one) => typeText(one, sections)).join(" or ");
    case "object":
      return objectLink(value, sections);
  }
}

function objectLink({ name }: ConfigObject, sections: readonly PlacedObject[]): string {
  const page = elsewhere[name];
  if (page !== undefined) return `[object](${page})`;
  const [place = ""] = sections.find(({ object }) => object.name === name)?.places ?? [];
  return `[object](#${anchor(heading(place))})`;
}

function defaultText({ isRequired, ...key }: ConfigKey): string {
  if (key.default === undefined) return isRequired ? "**required**" : "";
  return jsonIn(key.default) !== undefined ? `\`${key.default}\`` : key.default;
}

function whatItDoes({ description, see, value }: ConfigKey): string {
  const words = value.kind === "text" ? (value.words ?? []).filter((one) => one.description !== "") : [];
  return [
    description,
    ...words.map((one) => `\`${one.word}\`: ${one.description}`),
    ...(value.kind === "text" && value.words === undefined && value.example !== undefined
      ? [`Example: \`${String(value.example)}\`.`]
      : []),
    ...see.map((url) => `[Details](${url})`),
  ].join(" ");
}

function heading(place: string): string {
  return `\`${place}\``;
}

/** Returns the anchor of a heading on GitHub. */
export function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\s-]/gu, "")
    .replaceAll(/\s/g, "-");
}
