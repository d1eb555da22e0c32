import { owningInputs } from "../components/longhorn/settings/owned-settings";
import { releasesText } from "../components/longhorn/settings/releases";
import type { LonghornSetting } from "../components/longhorn/settings/setting";
import { settingsByCategory } from "../components/longhorn/settings/table";
import type { GeneratedFile } from "./file";
import { typeOf } from "./setting-types";
import { defaultText, remarks, writtenText } from "./setting-docs";

/** Returns the reference page of the settings. */
export function settingsReference(): GeneratedFile {
  const sections = Object.entries(settingsByCategory).map(([category, settings]) =>
    section(category, settings as readonly LonghornSetting[]),
  );
  const text = `# Longhorn's settings

All settings of Longhorn 1.5.0 to 1.12.1, with their inputs of \`Longhorn\`, their valid values and the releases that support them. This page is
generated from the same table as the inputs and their validation (\`npm run generate\`).

- **Input** is a key of the input \`settings\` of \`Longhorn\` (in a stack's configuration: \`longhorn.settings\`), which equals the key of the
  chart. If another input owns the setting, it is named instead. If no chart supports the setting, patch the object \`settings.longhorn.io\` in the
  namespace \`longhorn-system\`.
- **Default** is Longhorn's default. **Written** is the value that is always written because stores depend on it;
  \`components/longhorn/settings/store-settings.ts\` contains the reasons.
- A setting with values per data engine accepts a single value for all engines, or an object such as \`{ v1: 8 }\`. Programs in languages other than
  TypeScript must use the object. Before 1.10 there is only the value of \`v1\`.
- Longhorn keeps the last value of a setting that is removed.

${sections.join("\n\n")}
`;
  return { path: "docs/settings.md", text };
}

function section(category: string, settings: readonly LonghornSetting[]): string {
  const rows = settings.map((setting) => {
    const written = writtenText(setting);
    const cells = [
      `\`${setting.name}\``,
      inputText(setting),
      `\`${defaultText(setting)}\`${written === undefined ? "" : ` (written: \`${written}\`)`}`,
      releasesText([{ first: setting.first, last: setting.last }]),
      [setting.summary, ...remarks(setting)].join(" "),
    ];
    return `| ${cells.map(cell).join(" | ")} |`;
  });
  const title = category.charAt(0).toUpperCase() + category.slice(1);
  return `## ${title}

| Setting | Input | Default | Releases | Description |
| --- | --- | --- | --- | --- |
${rows.join("\n")}`;
}

function inputText(setting: LonghornSetting): string {
  const { input, readOnly = false } = setting;
  if (readOnly) return "none: set only by Longhorn";
  if (input === undefined) return "none: patch the object";
  const elsewhere = owningInputs[input];
  return elsewhere === undefined ? `\`${input}\`: ${typeOf(setting)}` : `owned by \`${elsewhere}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
