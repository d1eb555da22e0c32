import { readFile } from "node:fs/promises";

/**
 * Longhorn's CustomResourceDefinitions as plain YAML: the module's `k8s/crds.yaml` is a chart template, in which only
 * values outside the definitions' schemas are templated.
 */
export async function longhornCustomResourceDefinitions(template: string): Promise<string> {
  return withoutTemplateParts(await readFile(template, "utf8"));
}

/** Drops `{{…}}` from every line, and the lines that held nothing else, or only a key for it and nothing below. */
function withoutTemplateParts(template: string): string {
  const kept: string[] = [];
  for (const line of template.split("\n").reverse()) {
    const text = line.replace(/\{\{.*?\}\}/g, "").trimEnd();
    const isTemplated = text !== line.trimEnd();
    const isEmpty = text === "" || (/:$/.test(text) && indentation(kept.at(-1) ?? "") <= indentation(text));
    if (!isTemplated) kept.push(line);
    else if (!isEmpty) kept.push(text);
  }
  return kept.reverse().join("\n");
}

const indentation = (line: string): number => line.length - line.trimStart().length;
