import { readFile } from "node:fs/promises";

/**
 * Returns Longhorn's CustomResourceDefinitions as plain YAML. The module's `k8s/crds.yaml` is a chart template, with
 * templates only outside of the schemas.
 */
export async function longhornCustomResourceDefinitions(template: string): Promise<string> {
  return withoutTemplateParts(await readFile(template, "utf8"));
}

/** Removes `{{…}}` from every line, and lines left empty or with a key only. */
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
