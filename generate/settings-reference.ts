import { owningInputs } from "../components/longhorn/settings/owned-settings";
import { releasesText } from "../components/longhorn/settings/releases";
import type { LonghornSetting } from "../components/longhorn/settings/setting";
import { settingsByCategory } from "../components/longhorn/settings/table";
import type { GeneratedFile } from "./file";
import { typeOf } from "./setting-types";
import { defaultText, remarks, writtenText } from "./setting-docs";

/** The reference page of the settings. */
export function settingsReference(): GeneratedFile {
  const sections = Object.entries(settingsByCategory).map(([category, settings]) =>
    section(category, settings as readonly LonghornSetting[]),
  );
  const text = `# Longhorn's settings

Every setting of Longhorn 1.5.0 to 1.12.1: how it is given to \`Longhorn\`, what it may be, and in which releases it acts. The page is
made from the table that also makes the inputs and their checks (\`npm run generate\`).

- **Input** is a key of \`Longhorn\`'s input \`settings\` (in a stack's configuration: of \`longhorn.settings\`), which is the key of the
  chart. Where another input decides, that one is named; where no chart writes a setting in a way that Longhorn reads, the object
  \`settings.longhorn.io\` in the namespace \`longhorn-system\` has to be patched.
- **Default** is Longhorn's own. **Written** is what is written always, because a store depends on it; see
  \`components/longhorn/settings/store-settings.ts\` for the reasons.
- A setting with a value for each data engine takes one value for every engine that has it, or an object such as \`{ v1: 8 }\`. Programs in
  languages other than TypeScript take the object only. Before 1.10 there is one value, that of \`v1\`.
- Longhorn keeps the last value of a setting that is no longer written.

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

| Setting | Input | Default | Releases | What it does |
| --- | --- | --- | --- | --- |
${rows.join("\n")}`;
}

function inputText(setting: LonghornSetting): string {
  const { input, readOnly = false } = setting;
  if (readOnly) return "none: Longhorn alone writes it";
  if (input === undefined) return "none: patch the object";
  const elsewhere = owningInputs[input];
  return elsewhere === undefined ? `\`${input}\`: ${typeOf(setting)}` : `decided by \`${elsewhere}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
