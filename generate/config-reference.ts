import type { GeneratedFile } from "./file";
import { objectsIn, type ConfigKey, type ConfigObject, type ConfigValue, type PlacedObject } from "./config-values";
import { stackFileSchemaPath } from "./stack-file-schema";
import { jsonIn } from "./tags";

/** Objects that have a page of their own. */
const elsewhere: Readonly<Record<string, string>> = { LonghornSettingsArgs: "settings.md" };

/** The reference page of the configuration. */
export function configReference(config: ConfigObject, project: string): GeneratedFile {
  const sections = objectsIn(config, Object.keys(elsewhere));
  const text = `# Configuration

Every key of a stack of the program in \`stacks/\`, as \`Pulumi.<stack>.yaml\` has it behind \`${project}:\`. The page and the JSON Schema
for editors, \`${stackFileSchemaPath}\`, are made from the inputs of the components (\`npm run generate\`); [environments.md](environments.md)
says how a stack is made.

- \`pulumi config set -s dev --path '${project}:stores.photos.volume.size' 20Gi\` sets one key; \`--path\` is needed for what is inside of an object.
- A **secret** stands in the file encrypted only: \`pulumi config set -s dev --secret --path KEY\` asks for it. No other
  text may: from there it would go into the stack's state as plain text. A key that is encrypted as a whole keeps only its secrets so.
- \`<name>\` is a name that you choose; \`[]\` is a place in a list, counted from 0: \`volume.recurringJobs[0].cron\`.
- With \`# yaml-language-server: $schema=./${stackFileSchemaPath}\` in its first line, an editor completes and checks the file. What only the
  whole configuration tells (contradictions, names, quantities), the program checks before it deploys anything, all of it at once.

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
  return `| Key | Value | Default | What it does |\n| --- | --- | --- | --- |\n${rows.join("\n")}`;
}

function typeText(value: ConfigValue, sections: readonly PlacedObject[]): string {
  switch (value.kind) {
    case "text":
      return value.words === undefined
        ? "text"
        : value.words.map(({ word }) => `\`${JSON.stringify(word)}\``).join(", ");
    case "number":
      return "number";
    case "boolean":
      return "true or false";
    case "secret":
      return "**secret**";
    case "anything":
      return "anything";
    case "list":
      return `list: ${typeText(value.each, sections)}`;
    case "map":
      return `by name: ${typeText(value.each, sections)}`;
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
    ...see.map((url) => `[More](${url})`),
  ].join(" ");
}

function heading(place: string): string {
  return `\`${place}\``;
}

/** Returns the anchor that GitHub gives a heading. */
export function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\s-]/gu, "")
    .replaceAll(/\s/g, "-");
}
